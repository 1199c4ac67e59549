package org.pgreel.recorder.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pgreel.recorder.index.StripeIndex;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.verify.JournalScan;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.Verification;

/**
 * A recording: the sessions of a journal as they stood when it was opened, each already checked.
 *
 * <p>It holds a few numbers a session and reads events from the journal when they are asked for, so it needs no closing.
 * Immutable, safe for use by many threads.
 */
public final class Recording {

    private final List<RecordedSession> sessions;
    private final Verification verification;

    Recording(JournalScan scan, List<StripeIndex> indexes, Set<Integer> edited) {
        List<RecordedSession> list = new ArrayList<>();
        Map<JournalStripe, StripeIndex> byStripe = new HashMap<>();
        indexes.forEach(index -> byStripe.put(index.scan().stripe(), index));
        for (ScannedSession session : scan.sessions()) {
            list.add(new RecordedSession(session, byStripe.get(session.stripe()), edited.contains(session.number())));
        }
        this.sessions = List.copyOf(list);
        this.verification = Verification.of(scan);
    }

    /** Returns the sessions, in the order of their beginning. */
    public List<RecordedSession> sessions() {
        return sessions;
    }

    /**
     * Returns one session.
     *
     * @param number its number, from 1
     * @return empty if there is none of that number
     */
    public Optional<RecordedSession> session(int number) {
        return number >= 1 && number <= sessions.size() ? Optional.of(sessions.get(number - 1)) : Optional.empty();
    }

    /** Returns what is said of each session and of the journal itself. */
    public Verification verification() {
        return verification;
    }
}
