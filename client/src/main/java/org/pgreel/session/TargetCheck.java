package org.pgreel.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason.TargetSessionAttrsNotMet;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.wire.Bytes;

/**
 * Whether the server that was reached is of the kind that the options demand: by what it reported of itself, which
 * PostgreSQL does since 14, and otherwise by a query.
 */
final class TargetCheck {

    private static final String IN_HOT_STANDBY = "in_hot_standby";
    private static final String DEFAULT_READ_ONLY = "default_transaction_read_only";

    private final Route route;
    private boolean asked;
    private @Nullable String answer;

    TargetCheck(Route route) {
        this.route = route;
    }

    void restart() {
        asked = false;
        answer = null;
    }

    /**
     * Returns what the server has to be asked, once; null if it is known.
     *
     * @param reported what the server reported
     */
    @Nullable
    Query question(Map<String, String> reported) {
        boolean known =
                reported.containsKey(IN_HOT_STANDBY) && (!aboutWriting() || reported.containsKey(DEFAULT_READ_ONLY));
        if (known || asked) {
            return null;
        }
        asked = true;
        return new Query(aboutWriting() ? "SHOW transaction_read_only" : "SELECT pg_catalog.pg_is_in_recovery()");
    }

    /** The server answered. */
    void answered(DataRow row) {
        Bytes value = row.values().count() == 1 ? row.values().value(0) : null;
        if (value == null || answer != null) {
            throw SessionEnd.violation("the answer to the question what the server is, is not one value");
        }
        answer = value.text();
    }

    /**
     * Refuses the server if it is of another kind.
     *
     * @param reported what the server reported
     */
    void requireMet(Map<String, String> reported) {
        if (asked && answer == null) {
            throw SessionEnd.violation("the question what the server is, was not answered");
        }
        boolean standby = asked ? isTrue(answer) : isTrue(reported.get(IN_HOT_STANDBY));
        boolean readOnly = standby || (!asked && isTrue(reported.get(DEFAULT_READ_ONLY)));
        boolean met = switch (route.target()) {
            case ANY -> true;
            case READ_WRITE -> !readOnly;
            case READ_ONLY -> readOnly;
            case PRIMARY -> !standby;
            case STANDBY, PREFER_STANDBY -> standby;
        };
        if (!met) {
            String is = aboutWriting() ? (readOnly ? "is read only" : "is not read only") : null;
            String inStandby = standby ? "is a standby" : "is no standby";
            throw SessionEnd.failed(new TargetSessionAttrsNotMet(route.target(), is == null ? inStandby : is));
        }
    }

    private boolean aboutWriting() {
        return switch (route.target()) {
            case READ_WRITE, READ_ONLY -> true;
            case ANY, PRIMARY, STANDBY, PREFER_STANDBY -> false;
        };
    }

    private static boolean isTrue(@Nullable String word) {
        return "on".equals(word) || "t".equals(word);
    }
}
