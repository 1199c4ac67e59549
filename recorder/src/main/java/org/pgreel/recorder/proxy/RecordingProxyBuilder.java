package org.pgreel.recorder.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.client.TlsOptions;
import org.pgreel.recorder.Recorder;

/** Describes a {@link RecordingProxy}. Not safe for use by several threads. */
public final class RecordingProxyBuilder {

    private static final int THREADS_MAX = 4;

    private final Recorder recorder;
    private final String upstreamHost;
    private final int upstreamPort;
    private String host = "127.0.0.1";
    private int port;
    private @Nullable Path unix;
    private TlsOptions upstreamTls;
    private @Nullable ProxyCertificate certificate;
    private BindingPolicy binding = BindingPolicy.AUTO;
    private @Nullable ProxyLogin login;
    private ProxyLimits limits = ProxyLimits.DEFAULTS;
    private Consumer<String> problems = problem -> {};
    private int threads = Math.max(1, Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));

    RecordingProxyBuilder(Recorder recorder, String upstreamHost, int upstreamPort) {
        this.recorder = recorder;
        this.upstreamHost = upstreamHost;
        this.upstreamPort = upstreamPort;
        this.upstreamTls = tls(SslMode.PREFER);
    }

    private static TlsOptions tls(SslMode mode) {
        return ConnectOptions.builder().user("any").sslMode(mode).build().tls();
    }

    /**
     * Says where to listen; a free port of the loopback address unless told otherwise.
     *
     * @param listenHost the address
     * @param listenPort the port; 0 for any that is free
     */
    public RecordingProxyBuilder listen(String listenHost, int listenPort) {
        host = listenHost;
        port = listenPort;
        return this;
    }

    /**
     * Listens on a Unix domain socket too. There a reset reaches the other side as an end of stream.
     *
     * @param socket its file, or a directory, in which it is named {@code .s.PGSQL.} and the port, as libpq names it
     */
    public RecordingProxyBuilder unix(Path socket) {
        unix = socket;
        return this;
    }

    /**
     * Says how much is asked of TLS on the leg to the server, by the mode alone; {@code prefer} unless told otherwise.
     *
     * @param mode the rung of the ladder
     */
    public RecordingProxyBuilder upstreamSslMode(SslMode mode) {
        return upstreamTls(tls(mode));
    }

    /**
     * Says all that is asked of TLS on the leg to the server: mode, beginning, trusted roots, certificate to show. Files
     * are read anew for every connection.
     *
     * @param tls as {@link ConnectOptions#tls()} gives it
     */
    public RecordingProxyBuilder upstreamTls(TlsOptions tls) {
        upstreamTls = tls;
        return this;
    }

    /**
     * Offers clients TLS, by SSLRequest and directly; without this call SSLRequest is answered {@code N}.
     *
     * @param shown the certificate that they are shown
     */
    public RecordingProxyBuilder clientTls(ProxyCertificate shown) {
        certificate = shown;
        return this;
    }

    /**
     * Says what is done about channel binding; {@link BindingPolicy#AUTO} unless told otherwise.
     *
     * @param policy the policy
     */
    public RecordingProxyBuilder channelBinding(BindingPolicy policy) {
        binding = policy;
        return this;
    }

    /**
     * Gives a credential with which the proxy may log in at the server itself, after it has checked that the client knows
     * the same password.
     *
     * @param credential the role and its password
     */
    public RecordingProxyBuilder login(ProxyLogin credential) {
        login = credential;
        return this;
    }

    /**
     * Says how long the proxy waits for others and how many it serves; {@link ProxyLimits#DEFAULTS} unless told otherwise.
     *
     * @param proxyLimits the limits
     */
    public RecordingProxyBuilder limits(ProxyLimits proxyLimits) {
        limits = proxyLimits;
        return this;
    }

    /**
     * Says who hears of problems that do not stop the proxy, such as a server that cannot be reached.
     *
     * @param listener told one sentence a problem, from any thread
     */
    public RecordingProxyBuilder onProblem(Consumer<String> listener) {
        problems = listener;
        return this;
    }

    /**
     * Says how many event loops share the connections; as many as there are processors, at most 4, by default.
     *
     * @param count at least 1
     */
    public RecordingProxyBuilder threads(int count) {
        threads = count;
        return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException if the proxy shall log in itself and was given no credential
     * @throws IOException if the address cannot be listened on; the message says why
     */
    public RecordingProxy start() throws IOException {
        if (binding == BindingPolicy.REAUTHENTICATE && login == null) {
            throw new IllegalArgumentException("channel binding by reauthentication needs a credential to log in with");
        }
        ProxySettings settings = new ProxySettings(
                upstreamHost, upstreamPort, upstreamTls, certificate, binding, login, limits, problems);
        return RecordingProxy.start(recorder, settings, host, port, unix, threads);
    }
}
