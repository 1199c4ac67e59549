package org.pgreel.recorder.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.index.SessionFacts;
import org.pgreel.recorder.index.StripeIndex;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionState;

/** One session of a recording. Immutable; its events are read from the journal whenever they are asked for. */
public final class RecordedSession {

    private final ScannedSession scanned;
    private final @Nullable StripeIndex index;
    private final boolean edited;

    RecordedSession(ScannedSession scanned, @Nullable StripeIndex index, boolean edited) {
        this.scanned = scanned;
        this.index = index;
        this.edited = edited;
    }

    /**
     * Returns whether its lines in a text tape were changed since the tape was written. That is no error: it is what its
     * lines say.
     */
    public boolean edited() {
        return edited;
    }

    /** Returns what is known of it without reading it; null if that was not derived. */
    public @Nullable SessionFacts facts() {
        return index == null ? null : index.facts(scanned);
    }

    /**
     * Returns where reading may begin so that a message is reached soon.
     *
     * @param message the number of the message, from 1
     * @return null if it has to begin at the beginning
     */
    public @Nullable ReadingStart startBefore(long message) {
        StripeIndex.Start start = index == null ? null : index.before(scanned, message);
        return start == null ? null : new ReadingStart(start.snapshot(), () -> new EventIterator(scanned, start));
    }

    /** Returns the number by which users call it, from 1 in the order of beginning. */
    public int number() {
        return scanned.number();
    }

    /** Returns its id within the journal, the same in every reading. */
    public long id() {
        return scanned.id();
    }

    /** Returns what can be said of it as a whole. */
    public SessionState state() {
        return scanned.check().state();
    }

    /** Returns its beginning; null if it cannot be read or was retired. */
    public @Nullable SessionOpened opened() {
        return scanned.check().opened();
    }

    /** Returns its end; null if it has none, or it cannot be reached. */
    public @Nullable SessionClosed closed() {
        return scanned.check().closed();
    }

    /** Returns the first event that is not as it was recorded; null unless the session is damaged. */
    public @Nullable BadEvent firstBad() {
        return scanned.check().firstBad();
    }

    /** Returns how many events there are before the first bad one, or in all. */
    public long eventCount() {
        return scanned.check().nextSequence();
    }

    /** Returns how many bytes of the frontend are recorded. */
    public long bytesWritten() {
        return scanned.check().bytesWritten();
    }

    /** Returns how many bytes of the backend are recorded. */
    public long bytesRead() {
        return scanned.check().bytesRead();
    }

    /** Returns the time of its last event, in nanoseconds since the run began. */
    public long lastNanos() {
        return scanned.check().lastNanos();
    }

    /**
     * Returns the events in order, each checked again as it is read. Those of a damaged session end in a
     * {@link JournalDamagedException} that names the first bad event: it is never quietly short.
     */
    public Iterable<SessionEvent> events() {
        return () -> new EventIterator(scanned);
    }

    /**
     * Returns the messages in order, as a projection of the chunks: decoded where they can be. Those of a damaged session
     * end as its events do.
     */
    public Iterable<RecordedMessage> messages() {
        return () -> new MessageIterator(events().iterator());
    }

    /** Returns the connections in the order of their opening. */
    public List<RecordedConnection> connections() {
        ConnectionFold fold = new ConnectionFold();
        for (SessionEvent event : events()) {
            event.dispatch(fold);
        }
        return new ArrayList<>(fold.connections());
    }

    @Override
    public String toString() {
        return "session " + number();
    }
}
