package org.pgreel.scenarios.drive;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.ScriptLine;

/** The told lines of one connection, or those outside of all, that the play has come to and that are not done. */
final class Flow {
    final Deque<ScriptLine> lines = new ArrayDeque<>();

    /** What the first line expects, once it was looked at. */
    Ledger.@Nullable Expectation expectation;

    /** Tells whether nothing is left; a line that tells of the end of a session does not keep the session from ending. */
    boolean isDone() {
        ScriptLine next = lines.peek();
        return next == null
                || ToldScript.told(next).word().equals("pgSessionShutdown")
                        && lines.stream()
                                .noneMatch(line -> ToldScript.told(line).kind() == '>');
    }
}
