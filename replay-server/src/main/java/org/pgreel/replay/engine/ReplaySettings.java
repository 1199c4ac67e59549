package org.pgreel.replay.engine;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.replay.exchange.HousekeepingFile;
import org.pgreel.replay.volatility.Volatility;

/**
 * How a recording is played: an immutable value, changed by the {@code with…} methods, which return another.
 *
 * <p>The password is a test credential: the one that clients of the replay give, not the one of the recorded server.
 */
public final class ReplaySettings {
    /** Trust, no TLS, surplus connections are greeted, 60 s for a login as in PostgreSQL. */
    public static final ReplaySettings DEFAULTS = new ReplaySettings();

    private AuthenticationMethod authentication = AuthenticationMethod.TRUST;
    private @Nullable String user;
    private String password = "";
    private Map<String, String> users = Map.of();
    private ClientCertificates clientCertificates = ClientCertificates.NOT_ASKED;
    private boolean tls;
    private SurplusPolicy surplus = SurplusPolicy.CLONE_GREETING;
    private boolean includeFailed;
    private Matching matching = Matching.VERBATIM;
    private boolean strict;
    private @Nullable Redaction redaction;
    private Volatility volatility = Volatility.NONE;
    private Timing timing = Timing.NONE;
    private boolean gates;
    private Duration gateLimit = Duration.ofSeconds(10);
    private HousekeepingFile housekeeping = HousekeepingFile.shipped();
    private int connectionsMax = 1000;
    private Duration loginLimit = Duration.ofSeconds(60);
    private Duration senderLimit = Duration.ofSeconds(2);

    private ReplaySettings() {}

    private ReplaySettings with(Consumer<ReplaySettings> change) {
        var copy = new ReplaySettings();
        copy.authentication = authentication;
        copy.user = user;
        copy.password = password;
        copy.users = users;
        copy.clientCertificates = clientCertificates;
        copy.tls = tls;
        copy.surplus = surplus;
        copy.includeFailed = includeFailed;
        copy.matching = matching;
        copy.strict = strict;
        copy.redaction = redaction;
        copy.volatility = volatility;
        copy.timing = timing;
        copy.gates = gates;
        copy.gateLimit = gateLimit;
        copy.housekeeping = housekeeping;
        copy.connectionsMax = connectionsMax;
        copy.loginLimit = loginLimit;
        copy.senderLimit = senderLimit;
        change.accept(copy);
        return copy;
    }

    /**
     * Sets how clients prove who they are.
     *
     * @param newUser the only user who may log in; null for anyone who knows the password
     * @param newPassword the password; not looked at with {@link AuthenticationMethod#TRUST}
     * @throws IllegalArgumentException if a method other than trust is given without a password
     */
    public ReplaySettings withAuthentication(
            AuthenticationMethod method, @Nullable String newUser, String newPassword) {
        if (method != AuthenticationMethod.TRUST && newPassword.isEmpty()) {
            throw new IllegalArgumentException("Authentication by " + method.word() + " needs a password");
        }
        return with(copy -> {
            copy.authentication = method;
            copy.user = newUser;
            copy.password = newPassword;
            copy.users = Map.of();
        });
    }

    /**
     * Sets how clients prove who they are, where several may log in.
     *
     * @param newUsers the passwords of those who may, by user; not looked at with {@link AuthenticationMethod#TRUST}
     * @throws IllegalArgumentException if a method other than trust is given without a user, or a password is empty
     */
    public ReplaySettings withUsers(AuthenticationMethod method, Map<String, String> newUsers) {
        boolean empty = newUsers.isEmpty() || newUsers.containsValue("");
        if (method != AuthenticationMethod.TRUST && empty) {
            throw new IllegalArgumentException(
                    "Authentication by " + method.word() + " needs a password for each user");
        }
        return with(copy -> {
            copy.authentication = method;
            copy.user = null;
            copy.password = "";
            copy.users = Map.copyOf(newUsers);
        });
    }

    /** Sets what is asked of the certificates of clients; the transport has to verify them. */
    public ReplaySettings withClientCertificates(ClientCertificates newClientCertificates) {
        return with(copy -> copy.clientCertificates = newClientCertificates);
    }

    ClientCertificates clientCertificates() {
        return clientCertificates;
    }

    Accounts accounts(Entropy entropy) {
        String only = user;
        if (!users.isEmpty()) {
            return new Accounts(users, null, entropy);
        }
        return only == null
                ? new Accounts(Map.of(), password, entropy)
                : new Accounts(Map.of(only, password), null, entropy);
    }

    /** Sets whether an SSLRequest is answered {@code S}; otherwise {@code N}. */
    public ReplaySettings withTls(boolean newTls) {
        return with(copy -> copy.tls = newTls);
    }

    /** Sets what clients get for which no recorded connection is left. */
    public ReplaySettings withSurplus(SurplusPolicy newSurplus) {
        return with(copy -> copy.surplus = newSurplus);
    }

    /** Sets what differs from run to run, where statements are matched by exchanges. */
    public ReplaySettings withVolatility(Volatility newVolatility) {
        return with(copy -> copy.volatility = newVolatility);
    }

    /** Adds what drivers and pools ask beside the application, where statements are matched by exchanges. */
    public ReplaySettings withHousekeeping(HousekeepingFile more) {
        return with(copy -> copy.housekeeping = more.and(housekeeping));
    }

    HousekeepingFile housekeeping() {
        return housekeeping;
    }

    Volatility volatility() {
        return volatility;
    }

    /** Sets when answers leave. */
    public ReplaySettings withTiming(Timing newTiming) {
        return with(copy -> copy.timing = newTiming);
    }

    /**
     * Sets whether connections that are followed message by message keep the order that they had among each other: what had
     * been answered on one before something was sent on another is answered before that again.
     */
    public ReplaySettings withGates(boolean newGates) {
        return with(copy -> copy.gates = newGates);
    }

    /** Sets how long an answer waits for another connection at most; then it leaves all the same. */
    public ReplaySettings withGateLimit(Duration newGateLimit) {
        return with(copy -> copy.gateLimit = newGateLimit);
    }

    boolean gates() {
        return gates;
    }

    Duration gateLimit() {
        return gateLimit;
    }

    Timing timing() {
        return timing;
    }

    /** Sets whether recorded connections are played that never reached ReadyForQuery. */
    public ReplaySettings withIncludeFailed(boolean newIncludeFailed) {
        return with(copy -> copy.includeFailed = newIncludeFailed);
    }

    /** Sets how what a client sends is matched with what was recorded. */
    public ReplaySettings withMatching(Matching newMatching) {
        return with(copy -> copy.matching = newMatching);
    }

    /** Sets whether a recorded exchange answers only as often as it was recorded. */
    public ReplaySettings withStrict(boolean newStrict) {
        return with(copy -> copy.strict = newStrict);
    }

    /** Sets what the tape was redacted by: with exchanges, what clients send is redacted likewise. Null for nothing. */
    public ReplaySettings withRedaction(@Nullable Redaction newRedaction) {
        return with(copy -> copy.redaction = newRedaction);
    }

    /** Sets how many clients may be connected at a time; the next gets FATAL 53300. */
    public ReplaySettings withConnectionsMax(int newConnectionsMax) {
        return with(copy -> copy.connectionsMax = newConnectionsMax);
    }

    /** Sets how long a client may take to log in. */
    public ReplaySettings withLoginLimit(Duration newLoginLimit) {
        return with(copy -> copy.loginLimit = newLoginLimit);
    }

    /** Sets how long a recorded notification waits for the session that sent it to connect. */
    public ReplaySettings withSenderLimit(Duration newSenderLimit) {
        return with(copy -> copy.senderLimit = newSenderLimit);
    }

    /** Returns how clients prove who they are. */
    public AuthenticationMethod authentication() {
        return authentication;
    }

    /** Returns the only user who may log in; null for anyone. */
    public @Nullable String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Returns whether TLS is offered. */
    public boolean tls() {
        return tls;
    }

    /** Returns what surplus clients get. */
    public SurplusPolicy surplus() {
        return surplus;
    }

    /** Returns whether recorded connections are played that never got ready. */
    public boolean includeFailed() {
        return includeFailed;
    }

    /** Returns how what a client sends is matched with what was recorded. */
    public Matching matching() {
        return matching;
    }

    /** Returns whether a recorded exchange answers only as often as it was recorded. */
    public boolean strict() {
        return strict;
    }

    /** Returns what the tape was redacted by; null if it was not. */
    public @Nullable Redaction redaction() {
        return redaction;
    }

    /** Returns how many clients may be connected at a time. */
    public int connectionsMax() {
        return connectionsMax;
    }

    /** Returns how long a login may take. */
    public Duration loginLimit() {
        return loginLimit;
    }

    /** Returns how long a notification waits for its sender to connect. */
    public Duration senderLimit() {
        return senderLimit;
    }
}
