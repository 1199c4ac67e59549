package org.pgreel.recorder.chronicle;

import java.util.zip.CRC32C;

/**
 * What stands before the events in each excerpt of a queue.
 *
 * <pre>
 *  0       2         4        12        20         28       32
 *  | magic | version | number | session | previous | CRC32C | events …
 * </pre>
 *
 * <p>All numbers are big-endian. The number counts the records of the stripe from 0 without a gap; previous is the number
 * of the session's previous record, or -1. The checksum runs over what is before it; the events have their own.
 */
final class RecordHeader {

    static final int BYTES = 32;

    /** The session of the record that begins a run and holds no events. */
    static final long NO_SESSION = 0;

    private static final int MAGIC = ('P' << 8) | 'R';
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 28;

    private RecordHeader() {}

    static void write(byte[] target, long number, long session, long previous, CRC32C checksum) {
        putInt(target, 0, (MAGIC << 16) | VERSION);
        putLong(target, 4, number);
        putLong(target, 12, session);
        putLong(target, 20, previous);
        checksum.reset();
        checksum.update(target, 0, CHECKED_BYTES);
        putInt(target, CHECKED_BYTES, (int) checksum.getValue());
    }

    /** Returns whether there is an undamaged header at an index. */
    static boolean isAt(byte[] buffer, int at, CRC32C checksum) {
        if (getInt(buffer, at) != ((MAGIC << 16) | VERSION)) {
            return false;
        }
        checksum.reset();
        checksum.update(buffer, at, CHECKED_BYTES);
        return getInt(buffer, at + CHECKED_BYTES) == (int) checksum.getValue();
    }

    static long number(byte[] buffer, int at) {
        return getLong(buffer, at + 4);
    }

    static long session(byte[] buffer, int at) {
        return getLong(buffer, at + 12);
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
