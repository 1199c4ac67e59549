package org.pgreel.recorder.export;

import java.io.IOException;
import org.pgreel.recorder.event.SessionEvent;

/** Writes sessions in one format, one behind the other. Confined to one thread. */
interface SessionExport {

    /**
     * Writes the next session.
     *
     * @param number its number in the export, from 1
     * @param events its events, which may be read more than once
     */
    void session(int number, Iterable<SessionEvent> events) throws IOException;

    /** Completes the export. */
    default void end() throws IOException {}
}
