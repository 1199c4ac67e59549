package org.pgreel.replay.play;

import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Hears at once, on the engine's thread, what a run comes to, so that a test can fail while the client still waits. */
public interface PlayListener {
    /** Hears nothing. */
    PlayListener NONE = new PlayListener() {};

    /** A client did what the script does not say. */
    default void departed(Mismatch mismatch) {}

    /** A connection has done something, and so got its number. */
    default void assigned(int connection) {}

    /**
     * The play has come to a line that our own client is asked or told, which is for whoever drives it. The listener
     * must not call back into the engine.
     *
     * @param connection the number of the connection in whose lines it stands
     * @param line a line whose step is {@link Step.Told}
     */
    default void told(int connection, ScriptLine line) {}

    /**
     * A connection has ended, has been played to its end, or has come to the end of a pause: the verdict may be another
     * now, or where it stands.
     */
    default void changed() {}
}
