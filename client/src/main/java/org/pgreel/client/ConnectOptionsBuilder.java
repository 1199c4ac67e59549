package org.pgreel.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.observation.SessionObserver;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.WireTap;
import org.pgreel.type.TypeRegistry;

/** Collects {@link ConnectOptions}; every value is checked where it is given. Confined to one thread. */
public final class ConnectOptionsBuilder extends LoginChoices<ConnectOptionsBuilder> {

    /** With a limit of a second the caller is free within one and a half. */
    private static final Duration CANCEL_GRACE = Duration.ofMillis(400);

    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final String DATE_STYLE = "DateStyle";

    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Nullable
    Duration operationTimeout;

    Duration cancelGrace = CANCEL_GRACE;
    Duration cancelTimeout = CANCEL_TIMEOUT;
    Duration stallTimeout = STALL_TIMEOUT;
    Duration closeTimeout = CLOSE_TIMEOUT;
    ProtocolVersion protocolVersion = ProtocolVersion.V3_0;
    ProtocolVersion minProtocolVersion = ProtocolVersion.V3_0;
    int pipelineDepth = 256;
    int statementCacheSize = 256;
    long statementCacheBytes = 5L << 20;
    int prepareThreshold = 2;
    int socketBuffers;
    WireLimits limits = WireLimits.DEFAULTS;
    TypeRegistry types = TypeRegistry.builtIn();

    @Nullable
    WireTap tap;

    final List<SessionObserver> observers = new ArrayList<>();

    ConnectOptionsBuilder() {}

    @Override
    ConnectOptionsBuilder self() {
        return this;
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
     * Sets a parameter of the StartupMessage. {@code DateStyle} is ISO unless it is set here or in {@code options}: text in
     * another style cannot be read as dates.
     *
     * @param name its name: any setting of the server; not {@code client_encoding}, which is UTF8 always, and no
     *     protocol option ({@code _pq_.…})
     * @param value its value
     */
    public ConnectOptionsBuilder parameter(String name, String value) {
        Checked.refuseNul("a start-up parameter's name", name);
        Checked.refuseNul("the start-up parameter " + name, value);
        if (name.isEmpty() || name.equals("client_encoding") || name.startsWith("_pq_.")) {
            throw new IllegalArgumentException("the start-up parameter '" + name + "' cannot be set");
        }
        parameters.put(name, value);
        return this;
    }

    /**
     * Sets the limit for each operation, from the time it is the oldest on the wire; none unless set. An operation that
     * exceeds it is cancelled; {@code Session.within} gives single operations a limit of their own.
     */
    public ConnectOptionsBuilder operationTimeout(Duration limit) {
        this.operationTimeout = Checked.positive("operationTimeout", limit);
        return this;
    }

    /**
     * Sets how long the server may take to answer the cancel of an operation that exceeded its limit; 400 ms unless set.
     * Then the session ends, because the answer could still come.
     */
    public ConnectOptionsBuilder cancelGrace(Duration grace) {
        this.cancelGrace = Checked.positive("cancelGrace", grace);
        return this;
    }

    /** Sets the limit for a cancel request, from connecting to the server's end of its connection; 5 s unless set. */
    public ConnectOptionsBuilder cancelTimeout(Duration limit) {
        this.cancelTimeout = Checked.positive("cancelTimeout", limit);
        return this;
    }

    /**
     * Sets the longest silence in the middle of a message, which no server needs; 30 s unless set, zero for no limit.
     * Silence between two messages is legal and is not limited by it.
     */
    public ConnectOptionsBuilder stallTimeout(Duration limit) {
        this.stallTimeout = limit.isZero() ? limit : Checked.positive("stallTimeout", limit);
        return this;
    }

    /** Sets how long the end of a session waits for the server's end of stream; 1 s unless set. Then it is reset. */
    public ConnectOptionsBuilder closeTimeout(Duration limit) {
        this.closeTimeout = Checked.positive("closeTimeout", limit);
        return this;
    }

    /** Sets the version of the protocol to ask for; 3.0 unless set. */
    public ConnectOptionsBuilder protocolVersion(ProtocolVersion version) {
        this.protocolVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * Sets the oldest version of the protocol that the server may bring it down to; 3.0 unless set. It may not be above
     * the version that is asked for.
     */
    public ConnectOptionsBuilder minProtocolVersion(ProtocolVersion version) {
        this.minProtocolVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * Sets how many operations of the extended query protocol may be on the wire at once, each with its own Sync; 256
     * unless set. With 1, each waits for the answer to the one before it: slower, but of an operation that was not sent
     * yet when the session ends it is known that it did not run.
     */
    public ConnectOptionsBuilder pipelineDepth(int operations) {
        this.pipelineDepth = Checked.atLeastOne("pipelineDepth", operations);
        return this;
    }

    /**
     * Sets how many statements the session prepares of its own accord, because they are used again and again; 256 unless
     * set. 0 switches that off, for a pooler that hands servers from client to client and does not keep track of prepared
     * statements.
     */
    public ConnectOptionsBuilder statementCacheSize(int statements) {
        if (statements < 0) {
            throw new IllegalArgumentException("statementCacheSize is " + statements + "; 0 switches the cache off");
        }
        this.statementCacheSize = statements;
        return this;
    }

    /** Sets how many bytes such statements may take on this side, texts and columns together; 5 MiB unless set. */
    public ConnectOptionsBuilder statementCacheBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("statementCacheBytes is " + bytes + "; it must be at least 1");
        }
        this.statementCacheBytes = bytes;
        return this;
    }

    /**
     * Sets at which use a statement is prepared; 2 unless set. At the first use nobody knows whether there will be
     * another, and a statement that is used once costs the server more if it is kept.
     */
    public ConnectOptionsBuilder prepareThreshold(int uses) {
        this.prepareThreshold = Checked.atLeastOne("prepareThreshold", uses);
        return this;
    }

    /**
     * Sets how many bytes the system holds of a connection in each direction (SO_SNDBUF, SO_RCVBUF); what the system finds
     * right unless set. Small ones never block a session, however much is on its way in both directions.
     */
    public ConnectOptionsBuilder socketBuffers(int bytes) {
        this.socketBuffers = Checked.atLeastOne("socketBuffers", bytes);
        return this;
    }

    /** Sets the limits for what the server sends. */
    public ConnectOptionsBuilder limits(WireLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /** Sets the types that the sessions' rows know without a look-up, with codecs of one's own; the built-in ones unless set. */
    public ConnectOptionsBuilder types(TypeRegistry types) {
        this.types = Objects.requireNonNull(types, "types");
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
        if (minProtocolVersion.compareTo(protocolVersion) > 0) {
            throw new IllegalArgumentException("minProtocolVersion " + minProtocolVersion.word()
                    + " is above the version that is asked for, " + protocolVersion.word());
        }
        SslMode sslMode = sslMode();
        boolean unix = addresses.stream().anyMatch(ServerAddress.UnixSocket.class::isInstance);
        if (unix && sslMode.demandsTls()) {
            throw new IllegalArgumentException("sslMode " + sslMode.word()
                    + " cannot be met: there is no TLS over a Unix-domain socket; use host and port, or prefer");
        }
        boolean neverTls = sslMode == SslMode.DISABLE || unix;
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
        if (!namesDateStyle()) {
            ordered.put(DATE_STYLE, "ISO");
        }
        parameters.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /** The text of dates is read in ISO only, for the other styles do not tell day from month, or zones from each other. */
    private boolean namesDateStyle() {
        String options = parameters.getOrDefault("options", "");
        return parameters.keySet().stream().anyMatch(DATE_STYLE::equalsIgnoreCase)
                || options.toLowerCase(Locale.ROOT).contains("datestyle");
    }
}
