package org.pgreel.benchmarks.canned;

import java.util.Locale;
import org.pgreel.benchmarks.peer.Items;

/** What a client asked for, as far as the canned server tells statements apart. */
enum Statement {
    POINT,
    SCAN,
    INSERT,
    COPY_IN,
    COPY_OUT,
    /** r2dbc-postgresql asks for the isolation level when it connects. */
    ISOLATION,
    BEGIN,
    END,
    EMPTY,
    /** Anything else: a SET. */
    OTHER;

    static Statement of(String sql) {
        String text = sql.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return EMPTY;
        } else if (text.startsWith(Items.POINT)) {
            return POINT;
        } else if (text.startsWith(Items.SCAN)) {
            return SCAN;
        } else if (lower.startsWith("insert")) {
            return INSERT;
        } else if (text.startsWith(Items.COPY_IN)) {
            return COPY_IN;
        } else if (text.startsWith(Items.COPY_OUT)) {
            return COPY_OUT;
        } else if (lower.startsWith("show transaction isolation")) {
            return ISOLATION;
        } else if (lower.startsWith("begin") || lower.startsWith("start transaction")) {
            return BEGIN;
        } else if (lower.startsWith("commit") || lower.startsWith("rollback")) {
            return END;
        }
        return OTHER;
    }

    /** Returns the tag of its CommandComplete. */
    String tag(int rows) {
        return switch (this) {
            case POINT, ISOLATION -> "SELECT 1";
            case SCAN -> "SELECT " + rows;
            case INSERT -> "INSERT 0 1";
            case COPY_IN, COPY_OUT -> "COPY " + rows;
            case BEGIN -> "BEGIN";
            case END -> "COMMIT";
            case EMPTY, OTHER -> "SET";
        };
    }
}
