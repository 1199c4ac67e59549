package org.pgreel.recorder.redaction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.SessionEvent;

/**
 * The events of one session with their messages edited. As no length changes, chunks keep their cuts and marks; a chunk
 * that ends inside a message waits until the message is complete, so that no more than the largest message is held.
 * Confined to one thread.
 */
public final class EditedEvents implements Iterator<SessionEvent> {

    /** What may wait; a message of the greatest length that is decoded and as much of others fit. */
    private static final long HELD_BYTES_MAX = 96L * 1024 * 1024;

    /** An event that has not left yet. */
    private static final class Slot {
        private final SessionEvent event;
        private final @Nullable Stream stream;
        private final byte[] bytes;
        private final long from;
        private boolean changed;

        Slot(SessionEvent event, @Nullable Stream stream, byte[] bytes, long from) {
            this.event = event;
            this.stream = stream;
            this.bytes = bytes;
            this.from = from;
        }

        boolean settled() {
            return stream == null || stream.settled >= from + bytes.length;
        }
    }

    /** A message that the editor has heard of. */
    private static final class Heard {
        private final long end;
        private boolean answered;

        Heard(long end) {
            this.end = end;
        }
    }

    /** One direction of a connection. Offsets count its bytes. */
    private static final class Stream {
        private final Deque<Slot> chunks = new ArrayDeque<>();
        private final Deque<Heard> heard = new ArrayDeque<>();
        private long end;
        private long settled;

        Heard heard(long messageEnd) {
            var message = new Heard(messageEnd);
            heard.add(message);
            return message;
        }

        void answered(Heard message) {
            message.answered = true;
            for (Heard first = heard.peek(); first != null && first.answered; first = heard.peek()) {
                settled = first.end;
                heard.remove();
            }
        }
    }

    /** A connection: its decoder and both directions. */
    private static final class Wire {
        private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
        private final Stream frontend = new Stream();
        private final Stream backend = new Stream();

        Stream stream(Direction direction) {
            return direction == Direction.FRONTEND ? frontend : backend;
        }
    }

    private final Iterator<? extends SessionEvent> source;
    private final MessageEditor editor;
    private final Map<Integer, Wire> wires = new HashMap<>();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long held;
    private long messages;

    /**
     * Begins to edit.
     *
     * @param source the events, from the session's beginning
     * @param editor who changes the messages
     */
    public EditedEvents(Iterator<? extends SessionEvent> source, MessageEditor editor) {
        this.source = source;
        this.editor = editor;
    }

    @Override
    public boolean hasNext() {
        while (source.hasNext() && (slots.isEmpty() || !slots.element().settled())) {
            take(source.next());
        }
        if (!source.hasNext() && !wires.isEmpty()) {
            List.copyOf(wires.keySet()).forEach(editor::ended);
            wires.clear();
        }
        return !slots.isEmpty();
    }

    @Override
    public SessionEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Slot slot = slots.remove();
        if (slot.stream != null) {
            slot.stream.chunks.remove(slot);
            held -= slot.bytes.length;
        }
        return slot.changed ? changed((Chunk) slot.event, slot.bytes) : slot.event;
    }

    private static SessionEvent changed(Chunk chunk, byte[] bytes) {
        Bytes now = Bytes.wrap(bytes);
        return chunk.direction() == Direction.FRONTEND
                ? new ChunkWritten(
                        chunk.session(),
                        chunk.sequence(),
                        chunk.nanos(),
                        chunk.connection(),
                        now,
                        chunk.masked(),
                        chunk.messagesBefore(),
                        chunk.firstBoundary())
                : new ChunkRead(
                        chunk.session(),
                        chunk.sequence(),
                        chunk.nanos(),
                        chunk.connection(),
                        now,
                        chunk.masked(),
                        chunk.messagesBefore(),
                        chunk.firstBoundary());
    }

    private void take(SessionEvent event) {
        if (event instanceof Chunk chunk) {
            chunk(chunk);
            return;
        }
        if (event instanceof ConnectionClosed closed) {
            ended(closed.connection());
        } else if (event instanceof Marker marker) {
            editor.noted(marker.note());
        }
        slots.add(new Slot(event, null, new byte[0], 0));
    }

    private void chunk(Chunk chunk) {
        Wire wire = wires.computeIfAbsent(chunk.connection(), ordinal -> new Wire());
        Stream stream = wire.stream(chunk.direction());
        byte[] bytes = chunk.bytes().toArray();
        var slot = new Slot(chunk, stream, bytes, stream.end);
        slots.add(slot);
        stream.chunks.add(slot);
        stream.end += bytes.length;
        held += bytes.length;
        if (held > HELD_BYTES_MAX) {
            throw new RedactionException("More than " + HELD_BYTES_MAX
                    + " bytes stand between the parts of one message of connection " + chunk.connection()
                    + "; leave the session out.");
        }
        // The decoder may keep its array for a while, and the slot's is changed.
        wire.decoder.feed(chunk.direction(), bytes.clone(), 0, bytes.length, new Sink(chunk.connection(), wire));
    }

    private void ended(int connection) {
        Wire wire = wires.remove(connection);
        if (wire != null) {
            for (Direction direction : Direction.values()) {
                wire.decoder.end(direction, new Sink(connection, wire));
            }
        }
        editor.ended(connection);
        if (wire != null) {
            wire.frontend.settled = Long.MAX_VALUE;
            wire.backend.settled = Long.MAX_VALUE;
        }
    }

    /** Hears of the messages of one connection. */
    private final class Sink implements WireSink {

        private final int connection;
        private final Wire wire;

        Sink(int connection, Wire wire) {
            this.connection = connection;
            this.wire = wire;
        }

        private MessageEditor.Place place() {
            messages++;
            return new MessageEditor.Place(connection, messages);
        }

        @Override
        public void message(Direction direction, Message message, long start, long end) {
            MessageEditor.Place place = place();
            Stream stream = wire.stream(direction);
            Heard heard = stream.heard(end);
            editor.edit(place, direction, message, edited -> {
                if (edited != null) {
                    byte[] bytes = encoded(edited);
                    if (bytes.length != end - start) {
                        throw new RedactionException("Message " + place.number()
                                + " is written in an unusual way, and a " + message.name()
                                + " in its place would be of another length; leave the session out.");
                    }
                    overwrite(stream, start, bytes);
                }
                stream.answered(heard);
            });
        }

        private void unread(Direction direction, long end) {
            Stream stream = wire.stream(direction);
            stream.answered(stream.heard(end));
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            unread(direction, start + length);
            editor.unread(place(), "a message of " + length + " bytes");
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            unread(direction, start + raw.length());
            editor.unread(place(), raw.length() + " bytes that are no message");
        }
    }

    private static byte[] encoded(Message message) {
        var writer = new MessageWriter(Integer.MAX_VALUE);
        message.encode(writer);
        return writer.toBytes().toArray();
    }

    private static void overwrite(Stream stream, long start, byte[] bytes) {
        for (Slot slot : stream.chunks) {
            long from = Math.max(start, slot.from);
            long to = Math.min(start + bytes.length, slot.from + slot.bytes.length);
            if (from < to) {
                System.arraycopy(bytes, (int) (from - start), slot.bytes, (int) (from - slot.from), (int) (to - from));
                slot.changed = true;
            }
        }
    }
}
