package org.pgreel.recorder.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireText;
import org.pgreel.tap.CallbackKind;

/**
 * Writes the events of one session in their binary form, one behind the other, numbering and chaining them.
 *
 * <p>Events gather in {@link #buffer()} until they are appended to a journal; then {@link #commit()} empties it. If the
 * append failed, {@link #rollback()} takes them back, so that number and chain stand where the journal stands. Chunks
 * are written without an object being made: {@link #beginChunk}, mask in place, {@link #endChunk}.
 *
 * <p>Confined to the thread that records the session.
 */
public final class EventWriter {

    /** Length, version, type, session, sequence, nanoseconds. */
    private static final int HEADER_BYTES = 30;

    private static final int ASCII_END = 0x80;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long session;
    private final CRC32C checksum = new CRC32C();
    private final EventEncoder encoder = new EventEncoder(this);

    private byte[] buffer = new byte[1024];
    private int length;
    private int eventStart;
    private long sequence;
    private int chain;
    private long committedSequence;
    private int committedChain;

    /**
     * Creates a writer that begins with event 0.
     *
     * @param session the id of the session
     */
    public EventWriter(long session) {
        this.session = session;
    }

    /** Returns the array that holds what was written and not yet committed, from index 0 to {@link #length()}. */
    public byte[] buffer() {
        return buffer;
    }

    /** Returns how many bytes were written and not yet committed. */
    public int length() {
        return length;
    }

    /** Returns the number that the next event will have. */
    public long nextSequence() {
        return sequence;
    }

    /** Returns the checksum of the last event, with which that of the next is seeded. */
    public int chain() {
        return chain;
    }

    /** Returns the id of the session. */
    public long session() {
        return session;
    }

    /** Empties the buffer: its events are in the journal. */
    public void commit() {
        length = 0;
        committedSequence = sequence;
        committedChain = chain;
    }

    /** Empties the buffer: its events are not in the journal, and their numbers will be given out again. */
    public void rollback() {
        length = 0;
        sequence = committedSequence;
        chain = committedChain;
    }

    /**
     * Writes an event. Its session and sequence must be this writer's own.
     *
     * @param event what happened
     */
    public void write(SessionEvent event) {
        if (event.session() != session || event.sequence() != sequence) {
            throw new IllegalArgumentException("event " + event.sequence() + " of session " + event.session()
                    + " where event " + sequence + " of session " + session + " was due");
        }
        event.dispatch(encoder);
    }

    /**
     * Writes that a callback fires, as {@link CallbackFired} tells it, without the object.
     *
     * @param nanos when
     * @param kind which
     * @param detail what it is about
     */
    public void callbackFired(long nanos, CallbackKind kind, String detail) {
        begin(EventFormat.CALLBACK_FIRED, nanos);
        int1(EventCodes.of(kind));
        text(detail);
        end();
    }

    /**
     * Writes that an operation was submitted, as {@link OperationSubmitted} tells it, without the object.
     *
     * @param nanos when
     * @param operation its number
     * @param kind what it is
     */
    public void operationSubmitted(long nanos, long operation, String kind) {
        begin(EventFormat.OPERATION_SUBMITTED, nanos);
        int8(operation);
        text(kind);
        end();
    }

    /**
     * Writes that an operation completed, as {@link OperationCompleted} tells it, without the object.
     *
     * @param nanos when
     * @param operation its number
     * @param outcome how
     */
    public void operationCompleted(long nanos, long operation, String outcome) {
        begin(EventFormat.OPERATION_COMPLETED, nanos);
        int8(operation);
        text(outcome);
        end();
    }

    /**
     * Begins a chunk and copies its bytes into the buffer, where they may still be masked.
     *
     * @param direction whose bytes they are
     * @param nanos when they were read or written
     * @param connection the connection they belong to
     * @param source the array that holds them
     * @param from index of the first
     * @param to index behind the last; at most {@link EventFormat#CHUNK_BYTES_MAX} further
     * @return the index in {@link #buffer()} of the first byte
     */
    public int beginChunk(Direction direction, long nanos, int connection, byte[] source, int from, int to) {
        begin(direction == Direction.FRONTEND ? EventFormat.CHUNK_WRITTEN : EventFormat.CHUNK_READ, nanos);
        int4(connection);
        int4(to - from);
        reserve(to - from);
        System.arraycopy(source, from, buffer, length, to - from);
        length += to - from;
        return length - (to - from);
    }

    /**
     * Ends the chunk that was begun.
     *
     * @param messagesBefore messages complete before the chunk
     * @param firstBoundary offset of the first message that begins in it, or -1
     * @param spans where it was masked
     */
    public void endChunk(long messagesBefore, int firstBoundary, MaskedSpans spans) {
        int8(messagesBefore);
        int4(firstBoundary);
        int4(spans.count());
        for (int i = 0; i < spans.count(); i++) {
            span(spans.offset(i), spans.length(i), spans.kind(i));
        }
        end();
    }

    void span(int offset, int spanLength, MaskKind kind) {
        int4(offset);
        int4(spanLength);
        int1(kind.code());
    }

    void begin(int type, long nanos) {
        reserve(HEADER_BYTES);
        int at = length;
        eventStart = at;
        INT.set(buffer, at, 0);
        buffer[at + 4] = (byte) EventFormat.SCHEMA_VERSION;
        buffer[at + 5] = (byte) type;
        LONG.set(buffer, at + 6, session);
        LONG.set(buffer, at + 14, sequence);
        LONG.set(buffer, at + 22, nanos);
        length = at + HEADER_BYTES;
    }

    void end() {
        int bytes = length + EventFormat.CHECKSUM_BYTES - eventStart - EventFormat.LENGTH_BYTES;
        putInt(eventStart, bytes);
        chain = EventChain.next(checksum, chain, buffer, eventStart, length);
        int4(chain);
        sequence++;
    }

    void int1(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    void int4(int value) {
        reserve(4);
        putInt(length, value);
        length += 4;
    }

    void int8(long value) {
        reserve(Long.BYTES);
        LONG.set(buffer, length, value);
        length += Long.BYTES;
    }

    void text(String value) {
        int chars = value.length();
        if (chars > EventFormat.TEXT_BYTES_MAX || !ascii(value)) {
            encoded(value);
        } else {
            putInt(length, chars);
            length += Integer.BYTES + chars;
        }
    }

    /** Puts the text where it goes, behind its length, as far as it is ASCII; false if that is not all of it. */
    private boolean ascii(String value) {
        int chars = value.length();
        reserve(Integer.BYTES + chars);
        int at = length + Integer.BYTES;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= ASCII_END) {
                return false;
            }
            buffer[at + i] = (byte) c;
        }
        return true;
    }

    private void encoded(String value) {
        Bytes bytes = Bytes.wrap(WireText.encode(value));
        int count = Math.min(bytes.length(), EventFormat.TEXT_BYTES_MAX);
        int4(count);
        bytes(bytes.slice(0, count));
    }

    void bytes(Bytes bytes) {
        reserve(bytes.length());
        bytes.copyTo(buffer, length);
        length += bytes.length();
    }

    private void putInt(int at, int value) {
        INT.set(buffer, at, value);
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more + 64));
        }
    }
}
