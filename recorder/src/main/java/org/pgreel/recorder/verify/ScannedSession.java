package org.pgreel.recorder.verify;

import java.util.function.LongFunction;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeReader;

/** A session as a scan of its journal found it: where its records lie, and what can be said of it. */
public final class ScannedSession {

    private int number;
    private final long id;
    private final JournalStripe stripe;
    private final long firstPosition;
    private final SessionCheck check;
    private final boolean beginningRetired;
    private long lastPosition;
    private LongFunction<StripeReader> reading;

    ScannedSession(int number, long id, JournalStripe stripe, long firstPosition, boolean beginningRetired) {
        this(number, id, stripe, firstPosition, beginningRetired, new SessionCheck(id, beginningRetired));
    }

    /**
     * A session that an earlier scan found.
     *
     * @param number its number, from 1
     * @param id its id within the journal
     * @param stripe the stripe that holds it
     * @param firstPosition the position of its first record
     * @param beginningRetired whether the stripe had no beginning when it was found
     * @param check what is known of it
     */
    public ScannedSession(
            int number,
            long id,
            JournalStripe stripe,
            long firstPosition,
            boolean beginningRetired,
            SessionCheck check) {
        this.number = number;
        this.id = id;
        this.stripe = stripe;
        this.firstPosition = firstPosition;
        this.lastPosition = firstPosition;
        this.beginningRetired = beginningRetired;
        this.check = check;
        this.reading = stripe::read;
    }

    /** Says how the stripe can be read without what is not this session's, from a position on. */
    public void readBy(LongFunction<StripeReader> newReading) {
        reading = newReading;
    }

    /**
     * Returns a reader that gives the session's records, and maybe others, from a position on.
     *
     * @param position that of a record of this session
     */
    public StripeReader read(long position) {
        return reading.apply(position);
    }

    /** Returns whether the stripe had no beginning when the session was found. */
    public boolean beginningRetired() {
        return beginningRetired;
    }

    /** Hears that a record of the session lies at a position behind those before. */
    public void reaches(long position) {
        lastPosition = position;
    }

    /** Returns the number by which users call the session, from 1 in the order of beginning. */
    public int number() {
        return number;
    }

    /** Gives it another number, before anybody hears of it. */
    void number(int newNumber) {
        number = newNumber;
    }

    /** Returns the id of the session within its journal. */
    public long id() {
        return id;
    }

    /** Returns the stripe that holds it. */
    public JournalStripe stripe() {
        return stripe;
    }

    /** Returns the position of its first record in the stripe. */
    public long firstPosition() {
        return firstPosition;
    }

    /** Returns the position of its last record in the stripe. */
    public long lastPosition() {
        return lastPosition;
    }

    /** Returns what the scan found out about it. */
    public SessionCheck check() {
        return check;
    }

    /** Returns a check that follows the session from its first record again. */
    public SessionCheck freshCheck() {
        return new SessionCheck(id, beginningRetired);
    }

    /** Returns a check that follows the session from a record again. */
    public SessionCheck freshCheck(SessionCheck.Snapshot snapshot) {
        return new SessionCheck(id, beginningRetired, snapshot);
    }
}
