package org.pgreel.recorder.tape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * Events in their order, of which some wait: a chunk that ends inside a message has all its bytes only when the line of
 * that message is read. Confined to one thread.
 */
final class SlotQueue {

    /** What may wait behind one chunk; a message of the greatest length and as much of others fit. */
    private static final long WAITING_BYTES_MAX = 96L * 1024 * 1024;

    /** So many bytes are kept too long, that they need not be moved at every chunk. */
    private static final int FORGOTTEN_BYTES = 256 * 1024;

    private static final int WAITING_SLOTS_MAX = 1_000_000;

    private record Key(int connection, Direction direction) {}

    /** One direction of a connection. Offsets count the bytes of its stream. */
    private static final class Stream {
        private final Key key;
        private final GrowingBytes bytes = new GrowingBytes();
        private long bytesFrom;
        private long produced;
        private long cut;

        Stream(Key key) {
            this.key = key;
        }

        Bytes slice(long from, long to) {
            return Bytes.copyOf(bytes.array(), (int) (from - bytesFrom), (int) (to - bytesFrom));
        }

        /** Forgets the bytes before an offset. */
        void forget(long offset) {
            if (offset == produced || offset - bytesFrom > FORGOTTEN_BYTES) {
                bytes.dropFirst((int) (offset - bytesFrom));
                bytesFrom = offset;
            }
        }
    }

    /** An event, or a chunk whose bytes may be to come. */
    private record Slot(
            @Nullable SessionEvent event,
            @Nullable Stream stream,
            long from,
            long to,
            long nanos,
            @Nullable ChunkMarks marks) {}

    private final SessionEvents events;
    private final Map<Key, Stream> streams = new HashMap<>();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private @Nullable Stream open;
    private long waiting;
    private long written;
    private long read;

    SlotQueue(SessionEvents events) {
        this.events = events;
    }

    /** Adds bytes to a stream. A chunk of another one that has no boundary ends here. */
    void bytes(int connection, Direction direction, Bytes bytes, long nanos) {
        Stream stream = streams.computeIfAbsent(new Key(connection, direction), Stream::new);
        if (open != null && open != stream) {
            cutAll(nanos);
        }
        open = stream;
        byte[] array = bytes.toArray();
        stream.bytes.bytes(array, 0, array.length);
        stream.produced += array.length;
        waiting += array.length;
        if (waiting > WAITING_BYTES_MAX) {
            throw new TapeProblem("more than " + WAITING_BYTES_MAX + " bytes stand between the parts of a message");
        }
        drain();
    }

    /** Ends a chunk: so many bytes of the message that comes next are part of it. */
    void cut(int connection, @Nullable Direction direction, long into, long nanos, @Nullable ChunkMarks marks) {
        Stream stream = open;
        if (direction != null) {
            stream = streams.computeIfAbsent(new Key(connection, direction), Stream::new);
        }
        if (stream == null || stream.key.connection() != connection) {
            throw new TapeProblem("a boundary without a message before it names its side: | F or | B");
        }
        if (open != null && open != stream) {
            cutAll(nanos);
        }
        open = null;
        chunk(stream, stream.produced + into, nanos, marks);
    }

    private void chunk(Stream stream, long to, long nanos, @Nullable ChunkMarks marks) {
        if (to < stream.cut) {
            throw new TapeProblem("a boundary lies before the one before it");
        }
        long from = stream.cut;
        if (marks != null && to - from > EventFormat.CHUNK_BYTES_MAX) {
            throw new TapeProblem("a chunk is longer than " + EventFormat.CHUNK_BYTES_MAX + " bytes");
        }
        while (to - from > EventFormat.CHUNK_BYTES_MAX) {
            enqueue(new Slot(null, stream, from, from + EventFormat.CHUNK_BYTES_MAX, nanos, null));
            from += EventFormat.CHUNK_BYTES_MAX;
        }
        enqueue(new Slot(null, stream, from, to, nanos, marks));
        stream.cut = to;
        drain();
    }

    /** Ends the chunk that is open, if there is one. */
    void cutAll(long nanos) {
        Stream stream = open;
        open = null;
        if (stream != null && stream.produced > stream.cut) {
            chunk(stream, stream.produced, nanos, null);
        }
    }

    /** A connection ends: its numbers may come again. */
    void ended(int connection, long nanos) {
        cutAll(nanos);
        for (Direction direction : Direction.values()) {
            Stream stream = streams.remove(new Key(connection, direction));
            if (stream != null && stream.cut > stream.produced) {
                throw new TapeProblem("a chunk of connection " + connection + " ends " + (stream.cut - stream.produced)
                        + " bytes behind the last message");
            }
        }
    }

    void add(SessionEvent event) {
        enqueue(new Slot(event, null, 0, 0, event.nanos(), null));
        drain();
    }

    void closed(long nanos, By by, @Nullable EndKind how, long messagesWritten, long messagesRead) {
        requireEmpty();
        var totals = new SessionTotals(written, read, messagesWritten, messagesRead);
        add(new SessionClosed(0, 0, nanos, by, how, totals));
    }

    private void enqueue(Slot slot) {
        slots.add(slot);
        if (slots.size() > WAITING_SLOTS_MAX) {
            throw new TapeProblem("more than " + WAITING_SLOTS_MAX + " events stand between the parts of a message");
        }
    }

    private void drain() {
        for (Slot slot = slots.peek(); slot != null; slot = slots.peek()) {
            Stream stream = slot.stream();
            if (stream != null && stream.produced < slot.to()) {
                return;
            }
            slots.remove();
            if (stream == null) {
                add(slot);
            } else {
                Bytes bytes = stream.slice(slot.from(), slot.to());
                waiting -= bytes.length();
                if (stream.key.direction() == Direction.FRONTEND) {
                    written += bytes.length();
                } else {
                    read += bytes.length();
                }
                stream.forget(slot.to());
                events.chunk(stream.key.direction(), slot.nanos(), stream.key.connection(), bytes, slot.marks());
            }
        }
    }

    private void add(Slot slot) {
        SessionEvent event = slot.event();
        if (event != null) {
            events.add(event);
        }
    }

    /** Every chunk must have its bytes. */
    void requireEmpty() {
        drain();
        if (!slots.isEmpty()) {
            throw new TapeProblem("the session ends in the midst of a chunk: bytes are missing");
        }
    }
}
