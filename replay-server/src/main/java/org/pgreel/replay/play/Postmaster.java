package org.pgreel.replay.play;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;

/** Admits connections as the server's settings say: the count is of those that live now. */
final class Postmaster {
    private static final String SUPERUSER = "postgres";

    private final ServerSettings settings;
    private final Set<Object> admitted = new LinkedHashSet<>();
    private int occupied;
    private int refusedInRecovery;

    Postmaster(ServerSettings settings) {
        this.settings = settings;
        this.occupied = settings.occupied();
    }

    /** Takes that many more places, for good. */
    void occupy(int places) {
        occupied += places;
    }

    /** Admits the connection, and returns null; or returns the refusal. */
    @Nullable
    ErrorResponse admit(Object connection, @Nullable String user) {
        if (refusedInRecovery < settings.recovery()) {
            refusedInRecovery++;
            return ErrorResponse.of("FATAL", "57P03", "the database system is starting up");
        }
        int free = settings.maxConnections() - occupied - admitted.size();
        if (free <= 0) {
            return ErrorResponse.of("FATAL", "53300", "sorry, too many clients already");
        }
        if (free <= settings.reserved() && !SUPERUSER.equals(user)) {
            return ErrorResponse.of(
                    "FATAL", "53300", "remaining connection slots are reserved for roles with the SUPERUSER attribute");
        }
        admitted.add(connection);
        return null;
    }

    void left(Object connection) {
        admitted.remove(connection);
    }
}
