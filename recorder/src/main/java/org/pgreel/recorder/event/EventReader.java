package org.pgreel.recorder.event;

import java.util.zip.CRC32C;

/**
 * Reads the events that stand one behind the other in one record of a journal, and checks their chain.
 *
 * <p>{@link #next()} moves to the next event and makes sure that it lies within the record; {@link #intact(int)} tells
 * whether it is the one that follows a given event; {@link #event()} decodes it. The bytes may be hostile: every length
 * is checked before it is used, and what is wrong ends in a {@link MalformedEventException}. Confined to one thread.
 */
public final class EventReader {

    private final byte[] buffer;
    private final int to;
    private final CRC32C checksum = new CRC32C();
    private int start;
    private int end;

    /**
     * Creates a reader that stands before the first event.
     *
     * @param buffer the array that holds the record; decoded chunks share it, so it may not be changed afterwards
     * @param from index of its first event
     * @param to index behind its last event
     */
    public EventReader(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.start = from;
        this.end = from;
        this.to = to;
    }

    /**
     * Moves to the next event.
     *
     * @return false if there is none
     * @throws MalformedEventException if the bytes that follow are not the frame of an event
     */
    public boolean next() {
        if (end == to) {
            return false;
        }
        int left = to - end;
        if (left < EventFormat.LENGTH_BYTES) {
            throw new MalformedEventException("a length is cut after " + left + " bytes");
        }
        int length = int4(end);
        if (length < EventFormat.EVENT_BYTES_MIN - EventFormat.LENGTH_BYTES
                || length > EventFormat.EVENT_BYTES_MAX
                || length > left - EventFormat.LENGTH_BYTES) {
            throw new MalformedEventException(
                    "an event announces " + length + " bytes where " + (left - EventFormat.LENGTH_BYTES) + " are left");
        }
        start = end;
        end = start + EventFormat.LENGTH_BYTES + length;
        return true;
    }

    /** Returns the id of the session that the current event names. */
    public long session() {
        return int8(start + 6);
    }

    /** Returns the number that the current event bears. */
    public long sequence() {
        return int8(start + 14);
    }

    /** Returns the time that the current event bears. */
    public long nanos() {
        return int8(start + 22);
    }

    /** Returns the checksum that the current event bears. */
    public int checksum() {
        return int4(end - EventFormat.CHECKSUM_BYTES);
    }

    /**
     * Tells whether the current event is unchanged and follows a given one.
     *
     * @param previous the checksum of the session's previous event, 0 if this should be its first
     */
    public boolean intact(int previous) {
        return checksum() == EventChain.next(checksum, previous, buffer, start, end - EventFormat.CHECKSUM_BYTES);
    }

    /**
     * Decodes the current event.
     *
     * @throws MalformedEventException if it is not an event of this schema
     */
    public SessionEvent event() {
        int schema = buffer[start + 4] & 0xff;
        if (schema != EventFormat.SCHEMA_VERSION) {
            throw new MalformedEventException("an event is of schema version " + schema
                    + "; this program knows version " + EventFormat.SCHEMA_VERSION);
        }
        EventBody body = new EventBody(
                buffer,
                start + EventFormat.HEADER_BYTES,
                end - EventFormat.CHECKSUM_BYTES,
                session(),
                sequence(),
                nanos());
        SessionEvent event = body.decode(buffer[start + 5] & 0xff);
        body.requireExhausted();
        return event;
    }

    private int int4(int at) {
        return ((buffer[at] & 0xff) << 24)
                | ((buffer[at + 1] & 0xff) << 16)
                | ((buffer[at + 2] & 0xff) << 8)
                | (buffer[at + 3] & 0xff);
    }

    private long int8(int at) {
        return ((long) int4(at) << 32) | (int4(at + 4) & 0xffffffffL);
    }
}
