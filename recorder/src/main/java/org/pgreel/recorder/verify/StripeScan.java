package org.pgreel.recorder.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.EventReader;
import org.pgreel.recorder.event.MalformedEventException;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeDamage;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * Reads one stripe once, from its beginning or from where an earlier scan ended, checks every event and finds the
 * sessions. Confined to one thread.
 */
public final class StripeScan {

    /** Hears what a scan comes across. */
    public interface Listener {

        /** A good event of a session. */
        default void event(ScannedSession session, SessionEvent event) {}

        /** A record of a session, behind its events. */
        default void record(ScannedSession session, StripeRecord record) {}

        /** Returns a listener that tells how many bytes of records were read. */
        static Listener of(LongConsumer bytes) {
            return new Listener() {
                @Override
                public void record(ScannedSession session, StripeRecord record) {
                    bytes.accept(record.length());
                }
            };
        }
    }

    private final int sessionsBefore;
    private final Listener listener;
    private final List<ScannedSession> sessions = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private long records;
    private long lastPosition;
    private long lastNumber = Journal.NO_RECORD;
    private final JournalStripe stripe;
    private final Map<Long, ScannedSession> byId = new LinkedHashMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private boolean beginningRetired;
    private boolean begun;

    /**
     * Creates a scan that begins with the stripe's first record.
     *
     * @param stripe the stripe
     * @param sessionsBefore how many sessions the stripes before hold
     * @param listener told all good events
     */
    public StripeScan(JournalStripe stripe, int sessionsBefore, Listener listener) {
        this.stripe = stripe;
        this.sessionsBefore = sessionsBefore;
        this.listener = listener;
    }

    /**
     * Begins behind what an earlier scan found.
     *
     * @param known the sessions, numbered as they were
     * @param position where the last record lies
     * @param number the number of the last record
     */
    public void resume(List<ScannedSession> known, long position, long number) {
        for (ScannedSession session : known) {
            sessions.add(session);
            byId.put(session.id(), session);
        }
        lastPosition = position;
        lastNumber = number;
        begun = true;
    }

    /** Reads the stripe to its present end. */
    public void run() {
        try (StripeReader reader = lastNumber < 0 ? stripe.read() : stripe.read(lastPosition)) {
            if (lastNumber >= 0) {
                // The last one that is known.
                reader.next();
            }
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
        lastPosition = record.position();
        lastNumber = record.number();
        if (!begun && record.number() > stripe.firstNumber()) {
            beginningRetired = true;
        }
        ScannedSession session = byId.computeIfAbsent(record.session(), id -> begin(record));
        session.check().follow(record, event -> listener.event(session, event));
        session.reaches(record.position());
        listener.record(session, record);
    }

    /** Returns the sessions, in the order of their beginning. */
    public List<ScannedSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Returns what is wrong with the stripe itself, one sentence each; empty if nothing is. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Returns what is scanned. */
    public JournalStripe stripe() {
        return stripe;
    }

    /** Returns how many records this scan read. */
    public long records() {
        return records;
    }

    /** Returns where the last record lies. */
    public long lastPosition() {
        return lastPosition;
    }

    /** Returns the number of the last record; {@link Journal#NO_RECORD} if there is none. */
    public long lastNumber() {
        return lastNumber;
    }

    private ScannedSession begin(StripeRecord record) {
        ScannedSession session = new ScannedSession(
                sessionsBefore + sessions.size() + 1, record.session(), stripe, record.position(), beginningRetired);
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

    /** Records lost, and how many sessions had begun before. */
    private record Loss(StripeDamage damage, int begun) {}
}
