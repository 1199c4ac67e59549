package org.pgreel.recorder.recording;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalDamagedException;

/**
 * The events of a session up to the first bad one, in whose place stands a {@link RecordingDamaged}: so what is left of
 * a damaged session says that it is damaged.
 */
final class GoodEvents implements Iterator<SessionEvent> {

    private final Iterator<SessionEvent> events;
    private @Nullable SessionEvent last;
    private @Nullable SessionEvent next;
    private boolean atEnd;

    GoodEvents(RecordedSession session) {
        this.events = session.events().iterator();
    }

    @Override
    public boolean hasNext() {
        if (next == null && !atEnd) {
            read();
        }
        return next != null;
    }

    private void read() {
        try {
            if (events.hasNext()) {
                next = events.next();
            } else {
                atEnd = true;
            }
        } catch (JournalDamagedException e) {
            atEnd = true;
            if (last != null && !(last instanceof RecordingDamaged)) {
                String reason = String.valueOf(e.getMessage());
                next = new RecordingDamaged(last.session(), last.sequence() + 1, last.nanos(), reason);
            }
        }
    }

    @Override
    public SessionEvent next() {
        SessionEvent event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException();
        }
        last = event;
        next = null;
        return event;
    }
}
