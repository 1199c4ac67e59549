package org.pgreel.recorder.chronicle;

import java.util.zip.CRC32C;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * What stands before the events in each excerpt of a queue.
 *
 * <pre>
 *  0       2         4        12        20         28       32
 *  | magic | version | number | session | previous | CRC32C | events …                 version 1
 *  0       2         4        12        20         28       36       40
 *  | magic | version | number | session | previous | clock  | CRC32C | events …        version 2
 * </pre>
 *
 * <p>All numbers are big-endian. The number counts the records of the stripe from 0 without a gap; previous is the number
 * of the session's previous record, or -1. The clock, in runs that write stripes side by side, counts the records of all
 * of them; see {@link RunClock}. The checksum runs over what is before it; the events have their own.
 */
final class RecordHeader {

    /** The bytes of a header without a clock, the shorter of the two. */
    static final int BYTES = 32;

    /** The bytes of a header with a clock. */
    static final int BYTES_MAX = 40;

    /** The session of the record that begins a run and holds no events. */
    static final long NO_SESSION = 0;

    private static final int MAGIC = ('P' << 8) | 'R';
    private static final int PLAIN = (MAGIC << 16) | 1;
    private static final int WITH_CLOCK = (MAGIC << 16) | 2;
    private static final int CLOCK_AT = 28;

    private RecordHeader() {}

    /**
     * Writes a header.
     *
     * @param clock when the record was written; {@link StripeRecord#NO_CLOCK} for a header that does not tell
     * @return its length in bytes
     */
    static int write(byte[] target, long number, long session, long previous, long clock, CRC32C checksum) {
        boolean timed = clock != StripeRecord.NO_CLOCK;
        putInt(target, 0, timed ? WITH_CLOCK : PLAIN);
        putLong(target, 4, number);
        putLong(target, 12, session);
        putLong(target, 20, previous);
        if (timed) {
            putLong(target, CLOCK_AT, clock);
        }
        int checked = (timed ? BYTES_MAX : BYTES) - Integer.BYTES;
        checksum.reset();
        checksum.update(target, 0, checked);
        putInt(target, checked, (int) checksum.getValue());
        return checked + Integer.BYTES;
    }

    /**
     * Returns how long the header at an index is.
     *
     * @param available how many bytes the buffer has there, at least {@link #BYTES}
     * @return 0 if there is no undamaged header
     */
    static int bytesAt(byte[] buffer, int at, int available, CRC32C checksum) {
        int form = getInt(buffer, at);
        int bytes = form == PLAIN ? BYTES : form == WITH_CLOCK ? BYTES_MAX : 0;
        if (bytes == 0 || bytes > available) {
            return 0;
        }
        int checked = bytes - Integer.BYTES;
        checksum.reset();
        checksum.update(buffer, at, checked);
        return getInt(buffer, at + checked) == (int) checksum.getValue() ? bytes : 0;
    }

    static long number(byte[] buffer, int at) {
        return getLong(buffer, at + 4);
    }

    static long session(byte[] buffer, int at) {
        return getLong(buffer, at + 12);
    }

    /** Returns when the record was written; {@link StripeRecord#NO_CLOCK} if the header does not tell. */
    static long clock(byte[] buffer, int at) {
        return getInt(buffer, at) == WITH_CLOCK ? getLong(buffer, at + CLOCK_AT) : StripeRecord.NO_CLOCK;
    }

    private static void putInt(byte[] target, int at, int value) {
        target[at] = (byte) (value >>> 24);
        target[at + 1] = (byte) (value >>> 16);
        target[at + 2] = (byte) (value >>> 8);
        target[at + 3] = (byte) value;
    }

    private static void putLong(byte[] target, int at, long value) {
        putInt(target, at, (int) (value >>> 32));
        putInt(target, at + 4, (int) value);
    }

    private static int getInt(byte[] buffer, int at) {
        return ((buffer[at] & 0xff) << 24)
                | ((buffer[at + 1] & 0xff) << 16)
                | ((buffer[at + 2] & 0xff) << 8)
                | (buffer[at + 3] & 0xff);
    }

    private static long getLong(byte[] buffer, int at) {
        return ((long) getInt(buffer, at) << 32) | (getInt(buffer, at + 4) & 0xffffffffL);
    }
}
