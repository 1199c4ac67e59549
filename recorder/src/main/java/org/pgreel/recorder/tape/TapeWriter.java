package org.pgreel.recorder.tape;

import java.io.Closeable;
import java.io.IOException;
import org.pgreel.recorder.event.SessionEvent;

/**
 * Writes sessions to a tape, one behind the other. The same sessions give the same bytes; no session is held in memory.
 * What was written is no tape before {@link #finish()}. Confined to one thread.
 */
public interface TapeWriter extends Closeable {

    /**
     * Writes the next session, which gets the next number from 1 on.
     *
     * @param events all its events, from its beginning
     * @throws IOException if it cannot be written
     */
    void session(Iterable<? extends SessionEvent> events) throws IOException;

    /**
     * Completes the tape.
     *
     * @return what it amounts to
     * @throws IOException if it cannot be written
     */
    TapeTotals finish() throws IOException;
}
