package org.pgreel.recorder.recording;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.SessionEvent;

/**
 * The messages of a session, projected from its chunks. Feed it every event in order; each connection is decoded by
 * itself, and what cannot be decoded is passed on as that. Confined to one thread.
 */
public final class MessageProjection implements SessionEvent.Handler<MessageProjection> {

    private final Consumer<RecordedMessage> messages;
    private final WireLimits limits;
    private final Map<Integer, WireDecoder> decoders = new HashMap<>();
    private long count;

    /**
     * Creates a projection with the default limits.
     *
     * @param messages told each message as soon as it is complete
     */
    public MessageProjection(Consumer<RecordedMessage> messages) {
        this(messages, WireLimits.DEFAULTS);
    }

    /**
     * Creates a projection.
     *
     * @param messages told each message as soon as it is complete
     * @param limits which messages are decoded at all
     */
    public MessageProjection(Consumer<RecordedMessage> messages, WireLimits limits) {
        this.messages = messages;
        this.limits = limits;
    }

    /**
     * Where a projection stands between two events. Immutable.
     *
     * @param count how many messages it told
     * @param decoders where the decoder of each connection stands
     */
    public record Snapshot(long count, Map<Integer, WireDecoder.Snapshot> decoders) {

        /** Keeps its own copy of the map. */
        public Snapshot {
            decoders = Map.copyOf(decoders);
        }
    }

    /**
     * Creates a projection that goes on where another stood.
     *
     * @param messages told each message as soon as it is complete
     * @param snapshot where the other stood
     */
    public MessageProjection(Consumer<RecordedMessage> messages, Snapshot snapshot) {
        this(messages, WireLimits.DEFAULTS);
        count = snapshot.count();
        snapshot.decoders()
                .forEach((connection, decoder) -> decoders.put(connection, new WireDecoder(limits, decoder)));
    }

    /** Returns where it stands; not to be called while it takes an event. */
    public Snapshot snapshot() {
        Map<Integer, WireDecoder.Snapshot> standing = new HashMap<>();
        decoders.forEach((connection, decoder) -> standing.put(connection, decoder.snapshot()));
        return new Snapshot(count, standing);
    }

    /** Returns how many messages it told. */
    public long count() {
        return count;
    }

    @Override
    public MessageProjection onChunkWritten(ChunkWritten event) {
        return chunk(event);
    }

    @Override
    public MessageProjection onChunkRead(ChunkRead event) {
        return chunk(event);
    }

    private MessageProjection chunk(Chunk chunk) {
        byte[] bytes = chunk.bytes().toArray();
        decoder(chunk.connection())
                .feed(chunk.direction(), bytes, 0, bytes.length, new Sink(chunk.connection(), chunk.nanos()));
        return this;
    }

    @Override
    public MessageProjection onConnectionClosed(ConnectionClosed event) {
        WireDecoder decoder = decoder(event.connection());
        Sink sink = new Sink(event.connection(), event.nanos());
        decoder.end(Direction.FRONTEND, sink);
        decoder.end(Direction.BACKEND, sink);
        return this;
    }

    @Override
    public MessageProjection otherwise(SessionEvent event) {
        return this;
    }

    private WireDecoder decoder(int connection) {
        return decoders.computeIfAbsent(connection, ordinal -> new WireDecoder(limits));
    }

    /** Numbers what the decoder finds in one chunk. */
    private final class Sink implements WireSink {

        private final int connection;
        private final long nanos;

        Sink(int connection, long nanos) {
            this.connection = connection;
            this.nanos = nanos;
        }

        @Override
        public void message(Direction direction, Message message, long start, long end) {
            add(direction, start, end, new RecordedMessage.Decoded(message));
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            add(direction, start, start + length, new RecordedMessage.Oversized(type, length));
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            String reason = String.valueOf(why.getMessage());
            add(direction, start, start + raw.length(), new RecordedMessage.Undecodable(raw, reason));
        }

        private void add(Direction direction, long start, long end, RecordedMessage.Content content) {
            count++;
            messages.accept(new RecordedMessage(count, connection, direction, start, end, nanos, content));
        }
    }
}
