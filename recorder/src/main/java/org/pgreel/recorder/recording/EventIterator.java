package org.pgreel.recorder.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.index.StripeIndex;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionCheck;

/** Reads the events of one session from its stripe, as far as the scan saw them, and checks them again. */
final class EventIterator implements Iterator<SessionEvent> {

    private final ScannedSession session;
    private final SessionCheck check;
    private final StripeReader reader;
    private final Deque<SessionEvent> read = new ArrayDeque<>();
    private final long after;
    private boolean atEnd;

    EventIterator(ScannedSession session) {
        this.session = session;
        this.check = session.freshCheck();
        this.reader = session.read(session.firstPosition());
        this.after = Long.MIN_VALUE;
    }

    EventIterator(ScannedSession session, StripeIndex.Start start) {
        this.session = session;
        this.check = session.freshCheck(start.check());
        this.reader = session.read(start.position());
        this.after = start.position();
        this.atEnd = session.lastPosition() <= start.position();
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty() && !atEnd) {
            readOn();
        }
        if (!read.isEmpty()) {
            return true;
        }
        BadEvent bad = check.firstBad() == null ? session.check().firstBad() : check.firstBad();
        if (bad != null) {
            throw damaged(bad);
        }
        return false;
    }

    private void readOn() {
        StripeEntry entry = reader.next();
        if (entry == null) {
            end();
        } else if (entry instanceof StripeRecord record) {
            if (record.session() == session.id() && record.position() > after) {
                check.follow(record, read::add);
            }
            if (record.position() >= session.lastPosition() || check.firstBad() != null) {
                end();
            }
        }
    }

    private void end() {
        atEnd = true;
        reader.close();
    }

    private JournalDamagedException damaged(@Nullable BadEvent bad) {
        String event = bad == null ? "" : ": event " + bad.sequence() + " " + bad.what();
        return new JournalDamagedException(
                "Session " + session.number() + " of " + session.stripe().name() + " is damaged" + event + ".", null);
    }

    @Override
    public SessionEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }
}
