package org.pgreel.recorder.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.pgreel.recorder.event.SessionEvent;

/** Gives the messages of a session while its events are read. */
final class MessageIterator implements Iterator<RecordedMessage> {

    private final Iterator<SessionEvent> events;
    private final Deque<RecordedMessage> decoded = new ArrayDeque<>();
    private final MessageProjection projection = new MessageProjection(decoded::add);

    MessageIterator(Iterator<SessionEvent> events) {
        this.events = events;
    }

    @Override
    public boolean hasNext() {
        while (decoded.isEmpty() && events.hasNext()) {
            events.next().dispatch(projection);
        }
        return !decoded.isEmpty();
    }

    @Override
    public RecordedMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return decoded.remove();
    }
}
