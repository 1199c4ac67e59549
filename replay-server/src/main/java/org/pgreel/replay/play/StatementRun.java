package org.pgreel.replay.play;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.replay.script.ScriptLine;

/** One query cycle that is being answered, in the protocol that the client chose. */
final class StatementRun {
    private final String sql;
    private final List<ScriptLine> body;
    private final @Nullable Portal portal;
    private final boolean background;

    /** The columns of the answer, for the formats of its cells; null when it has none, or before they were needed. */
    @Nullable
    RowDescription columns;

    boolean columnsSought;
    /** An ErrorResponse was sent, which ends an extended query's cycle but for its Sync. */
    boolean failed;
    /** The answer says itself that the connection is over. */
    boolean fatal;
    /** A ReadyForQuery stood in the body. */
    boolean readySent;
    /** The Sync of the cycle has come. */
    boolean synced;
    /** How many rows the present Execute may still have; negative for all. */
    int rowsLeft = -1;

    /**
     * @param portal what was executed; null in the simple protocol
     * @param background whether it was housekeeping that answers, and not the script
     */
    StatementRun(String sql, List<ScriptLine> body, @Nullable Portal portal, boolean background) {
        this.sql = sql;
        this.body = body;
        this.portal = portal;
        this.background = background;
    }

    String sql() {
        return sql;
    }

    List<ScriptLine> body() {
        return body;
    }

    @Nullable
    Portal portal() {
        return portal;
    }

    boolean background() {
        return background;
    }

    boolean extended() {
        return portal != null;
    }
}
