package org.pgreel.replay.play;

/** Hears at once, on the engine's thread, what a run comes to, so that a test can fail while the client still waits. */
public interface PlayListener {
    /** Hears nothing. */
    PlayListener NONE = new PlayListener() {};

    /** A client did what the script does not say. */
    default void departed(Mismatch mismatch) {}

    /** A connection has ended, or has been played to its end: the verdict may be another now. */
    default void changed() {}
}
