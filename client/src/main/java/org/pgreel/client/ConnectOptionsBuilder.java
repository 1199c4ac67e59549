package org.pgreel.client;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.observation.SessionObserver;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.WireTap;

/** Collects {@link ConnectOptions}; every value is checked where it is given. Confined to one thread. */
public final class ConnectOptionsBuilder {

    private static final int PORT = 5432;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String host = "localhost";
    private int port = PORT;

    ServerAddress address = new ServerAddress.Tcp(host, port);

    @Nullable
    Supplier<char[]> password;

    SslMode sslMode = SslMode.PREFER;

    @Nullable
    Path sslRootCertificate;

    @Nullable
    Path sslCertificate;

    @Nullable
    Path sslKey;

    ChannelBinding channelBinding = ChannelBinding.PREFER;
    RequireAuth requireAuth = RequireAuth.standard();
    int scramIterationsMax = ScramSha256.ITERATIONS_MAX;
    Duration connectTimeout = CONNECT_TIMEOUT;

    @Nullable
    Duration operationTimeout;

    ProtocolVersion protocolVersion = ProtocolVersion.V3_0;
    int pipelineDepth = 1;
    WireLimits limits = WireLimits.DEFAULTS;

    @Nullable
    WireTap tap;

    final List<SessionObserver> observers = new ArrayList<>();

    ConnectOptionsBuilder() {}

    /** Sets the host; the standard is {@code localhost}. */
    public ConnectOptionsBuilder host(String host) {
        this.host = host;
        this.address = new ServerAddress.Tcp(host, port);
        return this;
    }

    /** Sets the port; the standard is 5432. */
    public ConnectOptionsBuilder port(int port) {
        this.port = port;
        this.address = new ServerAddress.Tcp(host, port);
        return this;
    }

    /** Sets where the server listens: host and port, or a Unix-domain socket. */
    public ConnectOptionsBuilder address(ServerAddress address) {
        this.address = Objects.requireNonNull(address, "address");
        return this;
    }

    /** Sets a Unix-domain socket: the socket itself, such as {@code /run/postgresql/.s.PGSQL.5432}. */
    public ConnectOptionsBuilder unixSocket(Path path) {
        return address(new ServerAddress.UnixSocket(path));
    }

    /** Sets the user's name. */
    public ConnectOptionsBuilder user(String user) {
        return parameter("user", user);
    }

    /** Sets the database; the standard is the one that bears the user's name. */
    public ConnectOptionsBuilder database(String database) {
        return parameter("database", database);
    }

    /** Sets the name under which the server lists the session. */
    public ConnectOptionsBuilder applicationName(String name) {
        return parameter("application_name", name);
    }

    /**
     * Sets a parameter of the StartupMessage.
     *
     * @param name its name: any setting of the server; not {@code client_encoding}, which is UTF8 always, and no
     *     protocol option ({@code _pq_.…})
     * @param value its value
     */
    public ConnectOptionsBuilder parameter(String name, String value) {
        refuseNul("a start-up parameter's name", name);
        refuseNul("the start-up parameter " + name, value);
        if (name.isEmpty() || name.equals("client_encoding") || name.startsWith("_pq_.")) {
            throw new IllegalArgumentException("the start-up parameter '" + name + "' cannot be set");
        }
        parameters.put(name, value);
        return this;
    }

    /** Sets the password. */
    public ConnectOptionsBuilder password(String password) {
        return password(password.toCharArray());
    }

    /** Sets the password; a copy is kept. */
    public ConnectOptionsBuilder password(char[] password) {
        char[] copy = password.clone();
        refuseNul("the password", CharBuffer.wrap(copy));
        return password(() -> copy);
    }

    /** Sets where the password comes from; it is asked on the session's event loop when the server asks. */
    public ConnectOptionsBuilder password(Supplier<char[]> password) {
        this.password = Objects.requireNonNull(password, "password");
        return this;
    }

    /** Sets how much is asked of TLS; the standard is {@link SslMode#PREFER}. */
    public ConnectOptionsBuilder sslMode(SslMode mode) {
        this.sslMode = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /** Sets the file of trusted root certificates, PEM; the standard is the platform's trust store. */
    public ConnectOptionsBuilder sslRootCertificate(Path file) {
        this.sslRootCertificate = Objects.requireNonNull(file, "file");
        return this;
    }

    /** Sets the client's certificate with its chain, and its key, both PEM. */
    public ConnectOptionsBuilder sslCertificate(Path certificate, Path key) {
        this.sslCertificate = Objects.requireNonNull(certificate, "certificate");
        this.sslKey = Objects.requireNonNull(key, "key");
        return this;
    }

    /** Sets whether the login must be bound to the TLS channel; the standard is {@link ChannelBinding#PREFER}. */
    public ConnectOptionsBuilder channelBinding(ChannelBinding binding) {
        this.channelBinding = Objects.requireNonNull(binding, "binding");
        return this;
    }

    /** Sets which authentication methods the client takes part in; see {@link RequireAuth#standard()}. */
    public ConnectOptionsBuilder requireAuth(RequireAuth policy) {
        this.requireAuth = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Sets the most SCRAM iterations that the client does; 100,000 unless set. */
    public ConnectOptionsBuilder scramIterationsMax(int iterations) {
        this.scramIterationsMax = atLeastOne("scramIterationsMax", iterations);
        return this;
    }

    /** Sets the limit for the whole way to the first ReadyForQuery; 10 s unless set. */
    public ConnectOptionsBuilder connectTimeout(Duration limit) {
        this.connectTimeout = positive("connectTimeout", limit);
        return this;
    }

    /**
     * Sets the limit for each operation, from the time it is sent; none unless set. An operation that exceeds it ends
     * the session, because its answer could still come.
     */
    public ConnectOptionsBuilder operationTimeout(Duration limit) {
        this.operationTimeout = positive("operationTimeout", limit);
        return this;
    }

    /** Sets the version of the protocol to ask for; 3.0 unless set. */
    public ConnectOptionsBuilder protocolVersion(ProtocolVersion version) {
        this.protocolVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * Sets how many parameterised queries may be on the wire at once, each with its own Sync; 1 unless set. With more
     * than one, less is known of an operation whose session ends, because it was sent earlier.
     */
    public ConnectOptionsBuilder pipelineDepth(int operations) {
        this.pipelineDepth = atLeastOne("pipelineDepth", operations);
        return this;
    }

    /** Sets the limits for what the server sends. */
    public ConnectOptionsBuilder limits(WireLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Adds who observes the session, to measure it; the flight recorder of the Java virtual machine observes every one.
     *
     * @param observer who is told that the session begins
     */
    public ConnectOptionsBuilder observer(SessionObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /** Sets the tap that hears the session; null if it is not recorded. */
    public ConnectOptionsBuilder tap(@Nullable WireTap tap) {
        this.tap = tap;
        return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if two of them contradict each other, or the user is missing
     */
    public ConnectOptions build() {
        if (parameters.getOrDefault("user", "").isEmpty()) {
            throw new IllegalArgumentException("the options name no user: call user(…)");
        }
        if (address instanceof ServerAddress.UnixSocket && sslMode.demandsTls()) {
            throw new IllegalArgumentException("sslMode " + sslMode.word()
                    + " cannot be met: there is no TLS over a Unix-domain socket; use host and port, or prefer");
        }
        boolean neverTls = sslMode == SslMode.DISABLE || address instanceof ServerAddress.UnixSocket;
        if (channelBinding == ChannelBinding.REQUIRE && neverTls) {
            throw new IllegalArgumentException(
                    "channelBinding REQUIRE cannot be met without TLS: use sslMode require or a stricter one");
        }
        ConnectOptions options = ConnectOptions.of(this);
        // What the wire cannot carry is refused here, not when the session begins.
        StartupMessage.of(protocolVersion.code(), options.startupParameters()).toBytes();
        return options;
    }

    Map<String, String> startupParameters() {
        Map<String, String> ordered = new LinkedHashMap<>();
        String user = parameters.getOrDefault("user", "");
        ordered.put("user", user);
        ordered.put("database", parameters.getOrDefault("database", user));
        ordered.put("client_encoding", "UTF8");
        parameters.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static void refuseNul(String what, CharSequence text) {
        if (text.chars().anyMatch(c -> c == 0)) {
            // On the wire a NUL ends the value, and what follows would be read as parameters of its own.
            throw new IllegalArgumentException(what + " holds a NUL");
        }
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    private static Duration positive(String name, Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(name + " is " + limit + "; it must be at least 1 ms");
        }
        return limit;
    }
}
