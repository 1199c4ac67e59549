package org.pgreel.client.pool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pool does with a session that comes back, before it lends it again. Whatever is chosen, a transaction that was
 * left open is rolled back, and a session to which nothing was submitted is lent again as it is.
 */
public enum SessionReset {
    /**
     * Nothing more, which costs no round trip; only where a statement held the word LISTEN, {@code UNLISTEN *} follows.
     * Settings, cursors, locks and temporary tables are the borrowers' own affair.
     */
    ROLLBACK(null),
    /**
     * All that DISCARD ALL does except for prepared statements and plans, which cost most to make again: role, settings,
     * cursors, channels, advisory locks, temporary tables and sequences. One round trip, behind the borrower's back.
     */
    RESTORE("RESET SESSION AUTHORIZATION; RESET ROLE; CLOSE ALL; RESET ALL; UNLISTEN *;"
            + " SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES"),
    /** DISCARD ALL: as if it had just connected. */
    DISCARD_ALL("DISCARD ALL");

    private final @Nullable String sql;

    SessionReset(@Nullable String sql) {
        this.sql = sql;
    }

    Optional<String> sql() {
        return Optional.ofNullable(sql);
    }
}
