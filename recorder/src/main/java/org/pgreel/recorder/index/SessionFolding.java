package org.pgreel.recorder.index;

import java.io.IOException;
import org.pgreel.recorder.event.SessionEvent;

/** Folds one session into what an index keeps of it. Confined to one thread. */
public interface SessionFolding {

    /** Takes the session's next event. */
    void accept(SessionEvent event);

    /** Returns what is known so far. */
    SessionFacts facts();

    /** Returns a snapshot from which a fold can go on behind the last event. */
    byte[] snapshot();

    /** Makes foldings. */
    interface Maker {

        /** Returns one that begins with a session's first event. */
        SessionFolding begin();

        /**
         * Returns one that goes on from a snapshot.
         *
         * @param snapshot what an earlier one gave
         * @param facts what was known there
         * @throws IOException if it is not a snapshot of this version
         */
        SessionFolding resume(byte[] snapshot, SessionFacts facts) throws IOException;
    }
}
