package org.pgreel.recorder.verify;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * Follows one session through its records and checks that each event is the next one and unchanged.
 *
 * <p>It stops at the first bad event: nothing behind it is believed. Confined to one thread.
 */
public final class SessionCheck {

    private final long session;
    private final boolean beginningMayBeRetired;

    private long nextSequence;
    private int chain;
    private boolean begun;
    private boolean partial;
    private boolean closed;
    private long lastNanos;
    private long bytesWritten;
    private long bytesRead;
    private @Nullable SessionOpened opened;
    private @Nullable SessionClosed closing;
    private @Nullable BadEvent firstBad;

    /**
     * Creates a check that waits for the session's first record.
     *
     * @param session the id of the session
     * @param beginningMayBeRetired whether the stripe no longer begins with its first record
     */
    public SessionCheck(long session, boolean beginningMayBeRetired) {
        this.session = session;
        this.beginningMayBeRetired = beginningMayBeRetired;
    }

    /**
     * What a check knows behind a record, so that another can go on from there. Immutable.
     *
     * @param nextSequence the number that the next event should have
     * @param chain the checksum of the last event
     * @param begun whether there was an event
     * @param partial whether the beginning was retired
     * @param closed whether the session's end came
     * @param lastNanos the time of the last event
     * @param bytesWritten how many bytes of the frontend came
     * @param bytesRead how many bytes of the backend came
     * @param opened the session's beginning; null if it did not come
     * @param closing the session's end; null if it did not come
     * @param firstBad the first bad event; null if there was none
     */
    public record Snapshot(
            long nextSequence,
            int chain,
            boolean begun,
            boolean partial,
            boolean closed,
            long lastNanos,
            long bytesWritten,
            long bytesRead,
            @Nullable SessionOpened opened,
            @Nullable SessionClosed closing,
            @Nullable BadEvent firstBad) {}

    /**
     * Creates a check that goes on where another stood.
     *
     * @param session the id of the session
     * @param beginningMayBeRetired as above
     * @param snapshot where the other stood
     */
    public SessionCheck(long session, boolean beginningMayBeRetired, Snapshot snapshot) {
        this(session, beginningMayBeRetired);
        nextSequence = snapshot.nextSequence();
        chain = snapshot.chain();
        begun = snapshot.begun();
        partial = snapshot.partial();
        closed = snapshot.closed();
        lastNanos = snapshot.lastNanos();
        bytesWritten = snapshot.bytesWritten();
        bytesRead = snapshot.bytesRead();
        opened = snapshot.opened();
        closing = snapshot.closing();
        firstBad = snapshot.firstBad();
    }

    /** Returns where the check stands; to be called between two records. */
    public Snapshot snapshot() {
        return new Snapshot(
                nextSequence,
                chain,
                begun,
                partial,
                closed,
                lastNanos,
                bytesWritten,
                bytesRead,
                opened,
                closing,
                firstBad);
    }

    /**
     * Checks the events of the session's next record.
     *
     * @param record the record
     * @param good told each event that is as it was recorded, until the first bad one
     */
    public void follow(StripeRecord record, Consumer<SessionEvent> good) {
        if (firstBad != null) {
            return;
        }
        try {
            EventReader events = record.events();
            while (firstBad == null && events.next()) {
                follow(events, good);
            }
        } catch (MalformedEventException e) {
            bad(nextSequence, "cannot be read: " + e.getMessage());
        }
    }

    private void follow(EventReader events, Consumer<SessionEvent> good) {
        if (events.session() != session) {
            bad(nextSequence, "stands in a record of this session but names another one");
            return;
        }
        if (!begun && events.sequence() > 0 && beginningMayBeRetired) {
            partial = true;
            nextSequence = events.sequence();
        } else if (!numbered(events) || !intact(events)) {
            return;
        }
        SessionEvent event = events.event();
        if (!plausible(event)) {
            return;
        }
        begun = true;
        chain = events.checksum();
        nextSequence++;
        lastNanos = event.nanos();
        note(event);
        if (firstBad == null || event instanceof RecordingDamaged) {
            good.accept(event);
        }
    }

    private boolean numbered(EventReader events) {
        long sequence = events.sequence();
        if (sequence == nextSequence) {
            return true;
        }
        // A damaged number would name an event that never was; the checksum tells the two apart.
        if (events.intact(chain)) {
            bad(nextSequence, "bears the number " + sequence);
        } else if (sequence < nextSequence) {
            bad(nextSequence, "does not follow: event " + sequence + " stands there a second time, or a changed one");
        } else if (sequence - nextSequence > Integer.MAX_VALUE) {
            bad(nextSequence, "is changed: its checksum does not fit");
        } else {
            bad(
                    nextSequence,
                    sequence == nextSequence + 1 ? "is missing" : "and those up to " + (sequence - 1) + " are missing");
        }
        return false;
    }

    private boolean intact(EventReader events) {
        if (events.intact(chain)) {
            return true;
        }
        bad(nextSequence, "is changed: its checksum does not fit");
        return false;
    }

    private boolean plausible(SessionEvent event) {
        if (closed) {
            bad(event.sequence(), "follows the end of the session");
            return false;
        }
        if (!partial && event.sequence() == 0 != event instanceof SessionOpened) {
            bad(event.sequence(), "is not the beginning of a session where one is due, or is one where none is");
            return false;
        }
        if (event.nanos() < lastNanos) {
            bad(event.sequence(), "is earlier than the one before it");
            return false;
        }
        return true;
    }

    private void note(SessionEvent event) {
        if (event instanceof Chunk chunk) {
            int length = chunk.bytes().length();
            if (chunk.direction() == Direction.FRONTEND) {
                bytesWritten += length;
            } else {
                bytesRead += length;
            }
        } else if (event instanceof SessionOpened beginning) {
            opened = beginning;
        } else if (event instanceof RecordingDamaged damaged) {
            bad(event.sequence(), "is where recording ended: " + damaged.reason());
        } else if (event instanceof SessionClosed end) {
            closed = true;
            closing = end;
            checkTotals(end);
        }
    }

    private void checkTotals(SessionClosed end) {
        if (partial) {
            return;
        }
        if (end.totals().bytesWritten() != bytesWritten || end.totals().bytesRead() != bytesRead) {
            bad(
                    end.sequence(),
                    "counts " + end.totals().bytesWritten() + " bytes written and "
                            + end.totals().bytesRead() + " read where " + bytesWritten + " and " + bytesRead
                            + " are recorded");
        }
    }

    /**
     * Hears that records of the stripe are missing or unreadable and may have been this session's.
     *
     * @param what what is wrong, as the end of a sentence that begins with "event N"
     */
    public void mayHaveLost(String what) {
        if (firstBad == null && !closed) {
            bad(nextSequence, what);
        }
    }

    private void bad(long sequence, String what) {
        if (firstBad == null) {
            firstBad = new BadEvent(sequence, what);
        }
    }

    /** Returns what can be said of the session by the records that came so far. */
    public SessionState state() {
        if (firstBad != null) {
            return SessionState.DAMAGED;
        }
        if (partial) {
            return SessionState.PARTIAL;
        }
        return closed ? SessionState.WHOLE : SessionState.OPEN;
    }

    /** Returns the first event that is not as it was recorded; null if there is none. */
    public @Nullable BadEvent firstBad() {
        return firstBad;
    }

    /** Returns the beginning of the session; null if it cannot be read or was retired. */
    public @Nullable SessionOpened opened() {
        return opened;
    }

    /** Returns the end of the session; null if it has none, or it cannot be reached. */
    public @Nullable SessionClosed closed() {
        return closing;
    }

    /** Returns the number that the next event should have, which is the count of good ones. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Returns the time of the last good event, in nanoseconds since the run began. */
    public long lastNanos() {
        return lastNanos;
    }

    /** Returns how many bytes of the frontend are recorded. */
    public long bytesWritten() {
        return bytesWritten;
    }

    /** Returns how many bytes of the backend are recorded. */
    public long bytesRead() {
        return bytesRead;
    }
}
