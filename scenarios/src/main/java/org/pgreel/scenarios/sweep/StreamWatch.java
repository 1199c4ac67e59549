package org.pgreel.scenarios.sweep;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.scenarios.simulation.LinkWatch;

/** Learns what the two directions of a connection say, and where their messages end. */
final class StreamWatch implements LinkWatch, WireSink {
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Side frontend = new Side();
    private final Side backend = new Side();

    /** One direction. */
    private static final class Side {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> boundaries = new ArrayList<>(List.of(0));
        private final List<String> names = new ArrayList<>();

        private SweptStream stream(int connection, Direction direction) {
            return new SweptStream(connection, direction, Bytes.wrap(bytes.toByteArray()), boundaries, names);
        }
    }

    @Override
    public void frontend(byte[] bytes) {
        frontend.bytes.writeBytes(bytes);
        decoder.feed(Direction.FRONTEND, bytes, 0, bytes.length, this);
    }

    @Override
    public void backend(byte[] bytes) {
        backend.bytes.writeBytes(bytes);
        decoder.feed(Direction.BACKEND, bytes, 0, bytes.length, this);
    }

    /** Returns the two streams of the connection. */
    List<SweptStream> streams(int connection) {
        return List.of(frontend.stream(connection, Direction.FRONTEND), backend.stream(connection, Direction.BACKEND));
    }

    private Side side(Direction direction) {
        return direction == Direction.FRONTEND ? frontend : backend;
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        side(direction).boundaries.add((int) end);
        side(direction).names.add(message.name());
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        side(direction).boundaries.add((int) (start + length + 1));
        side(direction).names.add("a message that is too long");
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        side(direction).boundaries.add((int) start + raw.length());
        side(direction).names.add("bytes that are no message");
    }
}
