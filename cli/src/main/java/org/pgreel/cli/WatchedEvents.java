package org.pgreel.cli;

import java.util.Iterator;
import org.pgreel.recorder.event.SessionEvent;

/**
 * Events that move a bar as they pass.
 *
 * @param events the events
 * @param progress the bar
 */
record WatchedEvents(Iterator<SessionEvent> events, TapeProgress progress) implements Iterator<SessionEvent> {

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public SessionEvent next() {
        SessionEvent event = events.next();
        progress.step();
        return event;
    }
}
