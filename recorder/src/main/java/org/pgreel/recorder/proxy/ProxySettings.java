package org.pgreel.recorder.proxy;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.TlsOptions;

/**
 * How a proxy was set up.
 *
 * @param upstreamHost the server's host
 * @param upstreamPort the server's port
 * @param upstreamTls what is asked of TLS on the leg to the server
 * @param certificate what clients are shown; null if they are not offered TLS
 * @param binding what is done about channel binding
 * @param login with which the proxy may log in itself; null if it was given none
 * @param limits how long it waits, and for how many
 * @param problems hears of what does not stop the proxy
 */
record ProxySettings(
        String upstreamHost,
        int upstreamPort,
        TlsOptions upstreamTls,
        @Nullable ProxyCertificate certificate,
        BindingPolicy binding,
        @Nullable ProxyLogin login,
        ProxyLimits limits,
        Consumer<String> problems) {

    /** Tells whether the server is reached through a Unix domain socket, where there is no TLS. */
    boolean upstreamUnix() {
        return upstreamHost.startsWith("/");
    }

    String upstreamName() {
        return upstreamHost + ":" + upstreamPort;
    }
}
