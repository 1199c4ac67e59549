package org.pgreel.recorder.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeDamage;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * Reads a journal once from end to end, checks every event and finds the sessions. What is read stays small: a few
 * numbers a session, whatever its length.
 */
public final class JournalScan {

    private final List<ScannedSession> sessions = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private long records;

    private JournalScan() {}

    /**
     * Scans a journal.
     *
     * @param source the journal; it may be appended to meanwhile, and then its end is where the scan met it
     * @return what was found
     */
    public static JournalScan of(JournalSource source) {
        JournalScan scan = new JournalScan();
        for (JournalStripe stripe : source.stripes()) {
            scan.new StripeScan(stripe).run();
        }
        return scan;
    }

    /** Returns the sessions, in the order of their beginning. */
    public List<ScannedSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Returns what is wrong with the journal itself, one sentence each; empty if nothing is. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Returns how many records could be read. */
    public long records() {
        return records;
    }

    /** Scans one stripe. */
    private final class StripeScan {

        private final JournalStripe stripe;
        private final Map<Long, ScannedSession> byId = new LinkedHashMap<>();
        private final List<Loss> losses = new ArrayList<>();
        private boolean beginningRetired;
        private boolean begun;

        StripeScan(JournalStripe stripe) {
            this.stripe = stripe;
        }

        void run() {
            try (StripeReader reader = stripe.read()) {
                for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    if (entry instanceof StripeRecord record) {
                        record(record);
                    } else if (entry instanceof StripeDamage damage) {
                        damage(damage);
                    }
                    begun = true;
                }
            }
            blameOpenSessions();
        }

        private void record(StripeRecord record) {
            records++;
            if (!begun && record.number() > stripe.firstNumber()) {
                beginningRetired = true;
            }
            ScannedSession session = byId.computeIfAbsent(record.session(), id -> begin(record));
            session.check().follow(record, event -> {});
            session.reaches(record.position());
        }

        private ScannedSession begin(StripeRecord record) {
            ScannedSession session = new ScannedSession(
                    sessions.size() + 1, record.session(), stripe, record.position(), beginningRetired);
            sessions.add(session);
            return session;
        }

        private void damage(StripeDamage damage) {
            if (damage.record() == Journal.NO_RECORD) {
                findings.add(stripe.name() + ": " + damage.what());
                return;
            }
            findings.add(stripe.name() + ": record " + damage.record() + " " + damage.what());
            ScannedSession owner = ownerOf(damage.remains());
            if (owner != null) {
                owner.check().mayHaveLost("is changed: the record that holds it " + damage.what());
            } else {
                losses.add(new Loss(damage, byId.size()));
            }
        }

        /** Finds whose a record was by what it still says: the session must be known and the event be its next. */
        private @Nullable ScannedSession ownerOf(@Nullable StripeRecord remains) {
            if (remains == null) {
                return null;
            }
            try {
                EventReader events = remains.events();
                if (!events.next()) {
                    return null;
                }
                ScannedSession named = byId.get(events.session());
                if (named != null && named.check().nextSequence() == events.sequence()) {
                    return named;
                }
            } catch (MalformedEventException e) {
                // Then nothing is left that could tell.
                return null;
            }
            return null;
        }

        /** A lost record belongs to a session that misses an event, and if none does, to any that is still open. */
        private void blameOpenSessions() {
            List<ScannedSession> inOrder = List.copyOf(byId.values());
            for (Loss loss : losses) {
                List<ScannedSession> begun = inOrder.subList(0, loss.begun());
                for (ScannedSession session : begun) {
                    session.check()
                            .mayHaveLost("may be lost: record " + loss.damage().record() + " of " + stripe.name() + " "
                                    + loss.damage().what());
                }
            }
        }
    }

    /** Records lost, and how many sessions had begun before. */
    private record Loss(StripeDamage damage, int begun) {}
}
