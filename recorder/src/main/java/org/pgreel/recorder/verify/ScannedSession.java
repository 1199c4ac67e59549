package org.pgreel.recorder.verify;

import org.pgreel.recorder.journal.JournalStripe;

/** A session as a scan of its journal found it: where its records lie, and what can be said of it. */
public final class ScannedSession {

    private final int number;
    private final long id;
    private final JournalStripe stripe;
    private final long firstPosition;
    private final SessionCheck check;
    private final boolean beginningRetired;
    private long lastPosition;

    ScannedSession(int number, long id, JournalStripe stripe, long firstPosition, boolean beginningRetired) {
        this.number = number;
        this.id = id;
        this.stripe = stripe;
        this.firstPosition = firstPosition;
        this.lastPosition = firstPosition;
        this.beginningRetired = beginningRetired;
        this.check = new SessionCheck(id, beginningRetired);
    }

    void reaches(long position) {
        lastPosition = position;
    }

    /** Returns the number by which users call the session, from 1 in the order of beginning. */
    public int number() {
        return number;
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
}
