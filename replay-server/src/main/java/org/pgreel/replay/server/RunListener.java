package org.pgreel.replay.server;

import org.pgreel.replay.play.Mismatch;

/** Hears what the runs of a {@link ScriptService} come to, on its event loop: it must not block. */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** A client has connected. */
    default void opened() {}

    /** A client did what the script does not say; the run's end follows. */
    default void departed(Mismatch mismatch) {}

    /** Something has changed in the run that is going on. */
    default void changed() {}

    /** A run is over: it was decided, and all its connections have ended. */
    default void ended(PlayedRun run) {}
}
