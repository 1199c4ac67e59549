package org.pgreel.replay.play;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.replay.engine.AuthenticationMethod;

/**
 * What holds for a scripted server around the connections, as {@code postgresql.conf} and {@code pg_hba.conf} would say
 * it. Immutable; the {@code with…} methods return another.
 *
 * @param authentication how {@code use login} lets clients in
 * @param password the test credential; never a real one
 * @param tls whether {@code use startup} answers SSLRequest with {@code S}
 * @param version the {@code server_version} that {@code use parameters} reports
 * @param maxConnections how many clients may be connected at a time; the next gets FATAL 53300
 * @param occupied how many of those places others take
 * @param reserved how many of them are kept for the superuser {@code postgres}
 * @param recovery how many logins are refused with FATAL 57P03 before the server is up
 * @param standby whether the server says that it is in hot standby
 * @param patience how long an F line waits unless it says {@code within=}
 * @param anyStatement whether the text of a {@code statement} is not compared, for commands that choose their own
 * @param scramIterations how many rounds SCRAM takes where the script does not say; fewer save a test time
 * @param recording the recording that is played beside the script; null for none
 */
public record ServerSettings(
        AuthenticationMethod authentication,
        String password,
        boolean tls,
        String version,
        int maxConnections,
        int occupied,
        int reserved,
        int recovery,
        boolean standby,
        Duration patience,
        boolean anyStatement,
        int scramIterations,
        @Nullable RecordingBeside recording) {
    /** Trust, no TLS, PostgreSQL 17, room for 100 connections, a patience of 10 s. */
    public static final ServerSettings DEFAULTS = new ServerSettings(
            AuthenticationMethod.TRUST,
            "postgres",
            false,
            "17.6",
            100,
            0,
            0,
            0,
            false,
            Duration.ofSeconds(10),
            false,
            ScramSha256.ITERATIONS,
            null);

    /** Refuses counts below zero and a patience that is none. */
    public ServerSettings {
        Objects.requireNonNull(authentication);
        if (maxConnections < 0 || occupied < 0 || reserved < 0 || recovery < 0) {
            throw new IllegalArgumentException("A count of connections is not negative");
        }
        if (scramIterations < 1) {
            throw new IllegalArgumentException("SCRAM takes at least one round");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("The patience is longer than nothing");
        }
    }

    /** Returns these settings with another way to log in, and its password. */
    public ServerSettings withAuthentication(AuthenticationMethod method, String newPassword) {
        var draft = new Draft(this);
        draft.authentication = method;
        draft.password = newPassword;
        return draft.settings();
    }

    /** Returns these settings with TLS offered or not. */
    public ServerSettings withTls(boolean offered) {
        var draft = new Draft(this);
        draft.tls = offered;
        return draft.settings();
    }

    /** Returns these settings with another version of the server. */
    public ServerSettings withVersion(String newVersion) {
        var draft = new Draft(this);
        draft.version = newVersion;
        return draft.settings();
    }

    /**
     * Returns these settings with other limits.
     *
     * @param most {@code max_connections}
     * @param taken how many places others take
     * @param kept how many places are kept for the superuser
     */
    public ServerSettings withConnections(int most, int taken, int kept) {
        var draft = new Draft(this);
        draft.maxConnections = most;
        draft.occupied = taken;
        draft.reserved = kept;
        return draft.settings();
    }

    /** Returns these settings with so many logins refused before the server is up. */
    public ServerSettings withRecovery(int refusals) {
        var draft = new Draft(this);
        draft.recovery = refusals;
        return draft.settings();
    }

    /** Returns these settings as a standby or a primary. */
    public ServerSettings withStandby(boolean inHotStandby) {
        var draft = new Draft(this);
        draft.standby = inHotStandby;
        return draft.settings();
    }

    /** Returns these settings with another patience. */
    public ServerSettings withPatience(Duration newPatience) {
        var draft = new Draft(this);
        draft.patience = newPatience;
        return draft.settings();
    }

    /** Returns these settings with the text of a statement compared or not. */
    public ServerSettings withAnyStatement(boolean any) {
        var draft = new Draft(this);
        draft.anyStatement = any;
        return draft.settings();
    }

    /** Returns these settings with another count of rounds for SCRAM. */
    public ServerSettings withScramIterations(int rounds) {
        var draft = new Draft(this);
        draft.scramIterations = rounds;
        return draft.settings();
    }

    /** Returns these settings with a recording that is played beside the script; null for none. */
    public ServerSettings withRecording(@Nullable RecordingBeside beside) {
        var draft = new Draft(this);
        draft.recording = beside;
        return draft.settings();
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "ServerSettings[" + authentication.word() + (tls ? ", tls" : "") + ", " + version + "]";
    }

    /** A copy that is being changed. */
    private static final class Draft {
        private AuthenticationMethod authentication;
        private String password;
        private boolean tls;
        private String version;
        private int maxConnections;
        private int occupied;
        private int reserved;
        private int recovery;
        private boolean standby;
        private Duration patience;
        private boolean anyStatement;
        private int scramIterations;
        private @Nullable RecordingBeside recording;

        Draft(ServerSettings from) {
            authentication = from.authentication;
            password = from.password;
            tls = from.tls;
            version = from.version;
            maxConnections = from.maxConnections;
            occupied = from.occupied;
            reserved = from.reserved;
            recovery = from.recovery;
            standby = from.standby;
            patience = from.patience;
            anyStatement = from.anyStatement;
            scramIterations = from.scramIterations;
            recording = from.recording;
        }

        ServerSettings settings() {
            return new ServerSettings(
                    authentication,
                    password,
                    tls,
                    version,
                    maxConnections,
                    occupied,
                    reserved,
                    recovery,
                    standby,
                    patience,
                    anyStatement,
                    scramIterations,
                    recording);
        }
    }
}
