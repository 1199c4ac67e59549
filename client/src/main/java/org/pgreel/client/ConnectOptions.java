package org.pgreel.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.observation.SessionObserver;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.WireTap;

/**
 * Where and how a session connects. Immutable; {@link #toString()} shows no secret.
 *
 * <p>{@code ConnectOptions.builder().host("db.example").user("alice").password("…").database("shop").build()}
 */
public final class ConnectOptions {

    private final ServerAddress address;
    private final Map<String, String> startupParameters;
    private final @Nullable Supplier<char[]> password;
    private final SslMode sslMode;
    private final @Nullable Path sslRootCertificate;
    private final @Nullable Path sslCertificate;
    private final @Nullable Path sslKey;
    private final ChannelBinding channelBinding;
    private final RequireAuth requireAuth;
    private final int scramIterationsMax;
    private final Duration connectTimeout;
    private final @Nullable Duration operationTimeout;
    private final ProtocolVersion protocolVersion;
    private final int pipelineDepth;
    private final WireLimits limits;
    private final @Nullable WireTap tap;
    private final List<SessionObserver> observers;

    private ConnectOptions(ConnectOptionsBuilder builder) {
        this.address = builder.address;
        this.startupParameters = Collections.unmodifiableMap(builder.startupParameters());
        this.password = builder.password;
        this.sslMode = builder.sslMode;
        this.sslRootCertificate = builder.sslRootCertificate;
        this.sslCertificate = builder.sslCertificate;
        this.sslKey = builder.sslKey;
        this.channelBinding = builder.channelBinding;
        this.requireAuth = builder.requireAuth;
        this.scramIterationsMax = builder.scramIterationsMax;
        this.connectTimeout = builder.connectTimeout;
        this.operationTimeout = builder.operationTimeout;
        this.protocolVersion = builder.protocolVersion;
        this.pipelineDepth = builder.pipelineDepth;
        this.limits = builder.limits;
        this.tap = builder.tap;
        this.observers = List.copyOf(builder.observers);
    }

    static ConnectOptions of(ConnectOptionsBuilder builder) {
        return new ConnectOptions(builder);
    }

    /** Returns a builder; only the user must be given. */
    public static ConnectOptionsBuilder builder() {
        return new ConnectOptionsBuilder();
    }

    /** Returns where the server listens. */
    public ServerAddress address() {
        return address;
    }

    /** Returns the user's name. */
    public String user() {
        return Objects.requireNonNull(startupParameters.get("user"), "user");
    }

    /** Returns what the StartupMessage carries, in order: user, database, client_encoding, the rest. */
    public Map<String, String> startupParameters() {
        return startupParameters;
    }

    /**
     * Asks for the password, once for each time that the server asks.
     *
     * @return the password, which the caller may overwrite; empty if none was given
     */
    public Optional<char[]> password() {
        return password == null ? Optional.empty() : Optional.of(password.get().clone());
    }

    /** Returns how much is asked of TLS. */
    public SslMode sslMode() {
        return sslMode;
    }

    /** Returns the file of trusted root certificates, PEM; empty for the platform's. */
    public Optional<Path> sslRootCertificate() {
        return Optional.ofNullable(sslRootCertificate);
    }

    /** Returns the file of the client's certificate and its chain, PEM; empty if the client has none. */
    public Optional<Path> sslCertificate() {
        return Optional.ofNullable(sslCertificate);
    }

    /** Returns the file of the client certificate's key, PEM; given exactly if the certificate is. */
    public Optional<Path> sslKey() {
        return Optional.ofNullable(sslKey);
    }

    /** Returns whether the login must be bound to the TLS channel. */
    public ChannelBinding channelBinding() {
        return channelBinding;
    }

    /** Returns which authentication methods the client takes part in. */
    public RequireAuth requireAuth() {
        return requireAuth;
    }

    /** Returns the most SCRAM iterations that the client does; the standard is {@link ScramSha256#ITERATIONS_MAX}. */
    public int scramIterationsMax() {
        return scramIterationsMax;
    }

    /** Returns the limit for the whole way to the first ReadyForQuery. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Returns the limit for an operation, from the time it is sent; empty for none. */
    public Optional<Duration> operationTimeout() {
        return Optional.ofNullable(operationTimeout);
    }

    /** Returns the version of the protocol that is asked for. */
    public ProtocolVersion protocolVersion() {
        return protocolVersion;
    }

    /** Returns how many parameterised queries may be on the wire at once. */
    public int pipelineDepth() {
        return pipelineDepth;
    }

    /** Returns the limits for what the server sends. */
    public WireLimits limits() {
        return limits;
    }

    /** Returns the tap that hears the session; empty if it is not recorded. */
    public Optional<WireTap> tap() {
        return Optional.ofNullable(tap);
    }

    /** Returns who observes the session beside the flight recorder of the Java virtual machine. */
    public List<SessionObserver> observers() {
        return observers;
    }

    @Override
    public String toString() {
        Map<String, String> shown = new LinkedHashMap<>(startupParameters);
        shown.remove("options");
        return "ConnectOptions[" + address + ", startup=" + shown + ", sslMode=" + sslMode.word() + ", channelBinding="
                + channelBinding + ", requireAuth=" + requireAuth + ", connectTimeout=" + connectTimeout + "]";
    }
}
