package org.pgreel.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.connect.ConnectEnvironment;
import org.pgreel.client.connect.ConnectParameters;
import org.pgreel.client.connect.ConnectionStringException;
import org.pgreel.client.connect.PasswordFile;
import org.pgreel.client.observation.SessionObserver;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.WireTap;
import org.pgreel.type.DatabaseTypes;
import org.pgreel.type.TypeRegistry;

/**
 * Where and how a session connects. Immutable, but that sessions of the same options share what they looked up of types;
 * {@link #toString()} shows no secret.
 *
 * <p>{@code ConnectOptions.builder().host("db.example").user("alice").password("…").database("shop").build()}
 */
public final class ConnectOptions {

    private final List<ServerAddress> addresses;
    private final Map<String, String> startupParameters;
    private final @Nullable Supplier<char[]> password;
    private final @Nullable PasswordFile passwordFile;
    private final TlsOptions tls;
    private final @Nullable OAuthTokenProvider oauthToken;
    private final OAuthRequest.OAuthSettings oauthSettings;
    private final ChannelBinding channelBinding;
    private final RequireAuth requireAuth;
    private final int scramIterationsMax;
    private final Duration connectTimeout;
    private final @Nullable Duration attemptTimeout;
    private final Keepalive keepalive;
    private final TargetSessionAttrs targetSessionAttrs;
    private final LoadBalanceHosts loadBalanceHosts;
    private final @Nullable Duration operationTimeout;
    private final Duration cancelGrace;
    private final Duration cancelTimeout;
    private final Duration stallTimeout;
    private final Duration closeTimeout;
    private final ProtocolVersion protocolVersion;
    private final ProtocolVersion minProtocolVersion;
    private final int pipelineDepth;
    private final int statementCacheSize;
    private final long statementCacheBytes;
    private final int prepareThreshold;
    private final int socketBuffers;
    private final WireLimits limits;
    private final TypeRegistry types;
    private final Map<ServerAddress, DatabaseTypes> typesOfServers = new ConcurrentHashMap<>();
    private final @Nullable WireTap tap;
    private final List<SessionObserver> observers;

    private ConnectOptions(ConnectOptionsBuilder builder) {
        this.addresses = builder.addresses;
        this.startupParameters = Collections.unmodifiableMap(builder.startupParameters());
        this.password = builder.password;
        this.passwordFile = builder.passwordFile;
        this.tls = builder.tls();
        this.oauthToken = builder.oauthToken;
        this.oauthSettings = builder.oauthSettings;
        this.channelBinding = builder.channelBinding;
        this.requireAuth = builder.requireAuth;
        this.scramIterationsMax = builder.scramIterationsMax;
        this.connectTimeout = builder.connectTimeout;
        this.attemptTimeout = builder.attemptTimeout;
        this.keepalive = builder.keepalive;
        this.targetSessionAttrs = builder.targetSessionAttrs;
        this.loadBalanceHosts = builder.loadBalanceHosts;
        this.operationTimeout = builder.operationTimeout;
        this.cancelGrace = builder.cancelGrace;
        this.cancelTimeout = builder.cancelTimeout;
        this.stallTimeout = builder.stallTimeout;
        this.closeTimeout = builder.closeTimeout;
        this.protocolVersion = builder.protocolVersion;
        this.minProtocolVersion = builder.minProtocolVersion;
        this.pipelineDepth = builder.pipelineDepth;
        this.statementCacheSize = builder.statementCacheSize;
        this.statementCacheBytes = builder.statementCacheBytes;
        this.prepareThreshold = builder.prepareThreshold;
        this.socketBuffers = builder.socketBuffers;
        this.limits = builder.limits;
        this.types = builder.types;
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

    /**
     * Returns a builder that holds what a connection string says, and for what it leaves out the service file, the
     * {@code PG*} variables of this process and the files of the user's home directory, as in libpq.
     *
     * @param connectionString {@code postgresql://…}, {@code postgres://…} or {@code host=… dbname=…}; may be empty
     * @throws ConnectionStringException if it cannot be read, or asks for what this client does not do
     */
    public static ConnectOptionsBuilder builder(String connectionString) {
        return builder(connectionString, ConnectEnvironment.ofProcess());
    }

    /**
     * As {@link #builder(String)}, with another environment.
     *
     * @param connectionString the string; may be empty
     * @param environment what stands in for what the string leaves out
     * @throws ConnectionStringException if it cannot be read, or asks for what this client does not do
     */
    public static ConnectOptionsBuilder builder(String connectionString, ConnectEnvironment environment) {
        return ConnectOptionsReader.read(ConnectParameters.resolve(connectionString, environment));
    }

    /**
     * Returns the options of a connection string; see {@link #builder(String)}.
     *
     * @param connectionString the string; may be empty
     * @throws ConnectionStringException if it cannot be read, contradicts itself, or asks for what this client does not do
     */
    public static ConnectOptions parse(String connectionString) {
        ConnectOptionsBuilder builder = builder(connectionString);
        try {
            return builder.build();
        } catch (IllegalArgumentException contradiction) {
            var refused = new ConnectionStringException(String.valueOf(contradiction.getMessage()));
            refused.initCause(contradiction);
            throw refused;
        }
    }

    /**
     * Returns the options that the environment alone gives: {@code PGHOST}, {@code PGUSER} and the rest.
     *
     * @throws ConnectionStringException if a variable cannot be read, or asks for what this client does not do
     */
    public static ConnectOptions fromEnvironment() {
        return parse("");
    }

    /** Returns where the server listens; the first place, if there are several. */
    public ServerAddress address() {
        return addresses.get(0);
    }

    /** Returns where the server may listen, in the order in which the places are tried; at least one. */
    public List<ServerAddress> addresses() {
        return addresses;
    }

    /** Returns the user's name. */
    public String user() {
        return Objects.requireNonNull(startupParameters.get("user"), "user");
    }

    /** Returns what the StartupMessage carries, in order: user, database, client_encoding, DateStyle, the rest. */
    public Map<String, String> startupParameters() {
        return startupParameters;
    }

    /**
     * Asks for the password that was given, once for each time that the server asks; not for one of the password file.
     *
     * @return the password, which the caller may overwrite; empty if none was given
     */
    public Optional<char[]> password() {
        return password == null ? Optional.empty() : Optional.of(password.get().clone());
    }

    /**
     * Asks for the password for one of the servers: the one that was given, or else that of the password file.
     *
     * @param server the server that asks
     * @return the password, which the caller may overwrite; empty if there is none
     */
    public Optional<char[]> password(ServerAddress server) {
        if (password != null || passwordFile == null) {
            return password();
        }
        PasswordFileHost host = PasswordFileHost.of(server);
        return passwordFile.find(
                host.name(),
                host.port(),
                Objects.requireNonNull(startupParameters.get("database"), "database"),
                user());
    }

    /** Returns the file that holds the password if none is given; empty if there is none. */
    public Optional<PasswordFile> passwordFile() {
        return Optional.ofNullable(passwordFile);
    }

    /** Returns how much is asked of TLS. */
    public SslMode sslMode() {
        return tls.mode();
    }

    /** Returns all that is asked of TLS. */
    public TlsOptions tls() {
        return tls;
    }

    /** Returns the file of trusted root certificates, PEM; empty for the platform's. */
    public Optional<Path> sslRootCertificate() {
        return tls.rootCertificate();
    }

    /** Returns the file of the client's certificate and its chain, PEM; empty if the client has none. */
    public Optional<Path> sslCertificate() {
        return tls.certificate();
    }

    /** Returns the file of the client certificate's key, PEM; given exactly if the certificate is. */
    public Optional<Path> sslKey() {
        return tls.key();
    }

    /** Returns who gives a token; empty if nobody was named. */
    public Optional<OAuthTokenProvider> oauthToken() {
        return Optional.ofNullable(oauthToken);
    }

    /** Returns what the one who gives the token is told. */
    public OAuthRequest.OAuthSettings oauthSettings() {
        return oauthSettings;
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

    /** Returns the limit for each server of several: the one that was set, or an equal share of the whole. */
    public Duration attemptTimeout() {
        return attemptTimeout != null ? attemptTimeout : connectTimeout.dividedBy(addresses.size());
    }

    /** Tells whether a limit for each server was set, so that it holds for a single one too. */
    public boolean hasAttemptTimeout() {
        return attemptTimeout != null;
    }

    /** Returns how TCP finds out that a silent server is gone. */
    public Keepalive keepalive() {
        return keepalive;
    }

    /** Returns which kind of server will do. */
    public TargetSessionAttrs targetSessionAttrs() {
        return targetSessionAttrs;
    }

    /** Returns in which order servers and their addresses are tried. */
    public LoadBalanceHosts loadBalanceHosts() {
        return loadBalanceHosts;
    }

    /** Returns the limit for an operation, from the time it is the oldest on the wire; empty for none. */
    public Optional<Duration> operationTimeout() {
        return Optional.ofNullable(operationTimeout);
    }

    /** Returns how long the server may take to answer the cancel of an operation that exceeded its limit. */
    public Duration cancelGrace() {
        return cancelGrace;
    }

    /** Returns the limit for a cancel request, from connecting to the server's end of its connection. */
    public Duration cancelTimeout() {
        return cancelTimeout;
    }

    /** Returns the longest silence in the middle of a message; zero for no limit. */
    public Duration stallTimeout() {
        return stallTimeout;
    }

    /** Returns how long the end of a session waits for the server's end of stream before the connection is reset. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** Returns the version of the protocol that is asked for. */
    public ProtocolVersion protocolVersion() {
        return protocolVersion;
    }

    /** Returns the oldest version of the protocol that the server may bring it down to. */
    public ProtocolVersion minProtocolVersion() {
        return minProtocolVersion;
    }

    /** Returns how many operations of the extended query protocol may be on the wire at once. */
    public int pipelineDepth() {
        return pipelineDepth;
    }

    /** Returns how many statements the session prepares of its own accord; 0 for none. */
    public int statementCacheSize() {
        return statementCacheSize;
    }

    /** Returns how many bytes such statements may take on this side. */
    public long statementCacheBytes() {
        return statementCacheBytes;
    }

    /** Returns how many bytes the system holds of a connection in each direction; 0 for what it finds right. */
    public int socketBuffers() {
        return socketBuffers;
    }

    /** Returns at which use a statement is prepared. */
    public int prepareThreshold() {
        return prepareThreshold;
    }

    /** Returns the limits for what the server sends. */
    public WireLimits limits() {
        return limits;
    }

    /** Returns the types that sessions know without a look-up. */
    public TypeRegistry types() {
        return types;
    }

    /** Returns the types of the database that these options name, at one of the servers, for all its sessions. */
    public DatabaseTypes typesOf(ServerAddress server) {
        return typesOfServers.computeIfAbsent(server, first -> new DatabaseTypes(types));
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
        String servers = addresses.stream().map(ServerAddress::toString).collect(Collectors.joining(","));
        return "ConnectOptions[" + servers + ", startup=" + shown + ", sslMode="
                + tls.mode().word() + ", channelBinding=" + channelBinding + ", requireAuth=" + requireAuth
                + ", connectTimeout=" + connectTimeout + "]";
    }
}
