package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * Where a live connection of a run stands: for whoever drives the client, and has to know whether the next thing is his.
 *
 * @param connection its number; 0 as long as it has none
 * @param waits what its lines wait for
 * @param sent how many bytes have left to the client, before encryption
 */
public record Standing(int connection, Wait waits, long sent) {
    /** What a connection waits for. */
    public enum Wait {
        /** The end of the connection is awaited, perhaps beside other things. */
        END,
        /** Something else of the client is awaited. */
        CLIENT,
        /** A signal of another connection is awaited. */
        GATE,
        /** Nothing: something is under way that ends by itself, or the connection has not begun. */
        NOTHING
    }

    /** Returns what is waited for where these lines are awaited, or all lines have been played. */
    static Wait of(boolean played, List<ScriptLine> awaited) {
        return played || awaited.stream().anyMatch(Standing::isEnd) ? Wait.END : Wait.CLIENT;
    }

    private static boolean isEnd(ScriptLine line) {
        return line.step() instanceof Step.EventLine event && event.name().equals("end")
                || line.step() instanceof Step.EventLine eof && eof.name().equals("eof")
                || line.step() instanceof Step.MessageLine message
                        && message.name().equals("Terminate");
    }
}
