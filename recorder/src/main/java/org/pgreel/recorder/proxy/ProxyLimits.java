package org.pgreel.recorder.proxy;

/**
 * How long the proxy waits for others.
 *
 * @param connectMillis for the server to accept a connection, and again to answer a request for TLS
 * @param lastBytesMillis for a peer to take anything of what it is still owed when its connection has ended
 */
record ProxyLimits(int connectMillis, int lastBytesMillis) {

    static final ProxyLimits DEFAULTS = new ProxyLimits(10_000, 30_000);

    ProxyLimits withLastBytesMillis(int millis) {
        return new ProxyLimits(connectMillis, millis);
    }
}
