package org.pgreel.replay.rerun;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.replay.volatility.Volatility;

/**
 * Against which server, and how, a recording is run again.
 *
 * @param server gives options that name the server, TLS and the password; another object at each call
 * @param user who logs in; null for the user of each recorded session
 * @param database the database; null for that of each recorded session
 * @param patience how long an answer may take that was recorded
 * @param volatility parameters of a family of values are sent as what the live server gave for the recorded ones
 */
public record RerunSettings(
        Supplier<ConnectOptionsBuilder> server,
        @Nullable String user,
        @Nullable String database,
        Duration patience,
        Volatility volatility) {

    /** How long an answer may take unless something else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Settings of which every value is sent as it was recorded. */
    public RerunSettings(
            Supplier<ConnectOptionsBuilder> server,
            @Nullable String user,
            @Nullable String database,
            Duration patience) {
        this(server, user, database, patience, Volatility.NONE);
    }

    /** Refuses a patience that is none. */
    public RerunSettings {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("the patience is " + patience + "; it must be positive");
        }
    }
}
