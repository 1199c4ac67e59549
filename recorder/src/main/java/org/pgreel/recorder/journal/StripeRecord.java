package org.pgreel.recorder.journal;

import java.util.Arrays;
import org.pgreel.recorder.event.EventReader;

/** A record as it was read: some events of one session. It does not change and may be kept. */
public final class StripeRecord implements StripeEntry {

    /** The time of a record that was written where no others are written at its side. */
    public static final long NO_CLOCK = -1;

    private final long position;
    private final long number;
    private final long session;
    private final long clock;
    private final byte[] buffer;
    private final int from;
    private final int to;

    /**
     * Creates a record over an array that is not changed afterwards.
     *
     * @param position where it lies in its stripe
     * @param number its number within the stripe, from 0
     * @param session the session whose events it holds
     * @param buffer the array that holds the events
     * @param from index of their first byte
     * @param to index behind their last byte
     */
    public StripeRecord(long position, long number, long session, byte[] buffer, int from, int to) {
        this(position, number, session, NO_CLOCK, buffer, from, to);
    }

    /**
     * Creates a record with a time, over an array that is not changed afterwards.
     *
     * @param position where it lies in its stripe
     * @param number its number within the stripe, from 0
     * @param session the session whose events it holds
     * @param clock its time among the records of its group
     * @param buffer the array that holds the events
     * @param from index of their first byte
     * @param to index behind their last byte
     */
    public StripeRecord(long position, long number, long session, long clock, byte[] buffer, int from, int to) {
        this.clock = clock;
        this.position = position;
        this.number = number;
        this.session = session;
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    /** Returns where the record lies in its stripe; {@link JournalStripe#read(long)} begins there. */
    public long position() {
        return position;
    }

    /** Returns the number of the record within its stripe, from 0. */
    public long number() {
        return number;
    }

    /** Returns the session whose events it holds. */
    public long session() {
        return session;
    }

    /** Returns its time among the records of its {@link StripeGroup}; {@link #NO_CLOCK} if it has none. */
    public long clock() {
        return clock;
    }

    /** Returns how many bytes the events take. */
    public int length() {
        return to - from;
    }

    /** Returns the events in their binary form, as an array of its own. */
    public byte[] toArray() {
        return Arrays.copyOfRange(buffer, from, to);
    }

    /** Returns a reader of the events. */
    public EventReader events() {
        return new EventReader(buffer, from, to);
    }
}
