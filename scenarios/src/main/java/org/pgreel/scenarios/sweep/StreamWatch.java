package org.pgreel.scenarios.sweep;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.scenarios.coverage.Edge;
import org.pgreel.scenarios.coverage.MatrixMessages;
import org.pgreel.scenarios.coverage.MatrixStates;
import org.pgreel.scenarios.simulation.LinkWatch;

/** Learns what the two directions of a connection say, and where their messages end. */
final class StreamWatch implements LinkWatch, WireSink {
    private static final String TOO_LONG = "a message that is too long";
    private static final String NO_MESSAGE = "bytes that are no message";

    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Side frontend = new Side();
    private final Side backend = new Side();
    private Conversation conversation = Conversation.begin();
    private String state = MatrixStates.name(conversation);

    /** One direction. */
    private static final class Side {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> boundaries = new ArrayList<>(List.of(0));
        private final List<String> names = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final List<String> behind = new ArrayList<>();

        private void message(String name, Edge edge, String after, int end) {
            names.add(name);
            edges.add(edge);
            behind.add(after);
            boundaries.add(end);
        }

        private SweptStream stream(int connection, Direction direction) {
            return new SweptStream(
                    connection, direction, Bytes.wrap(bytes.toByteArray()), boundaries, names, edges, behind);
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

    private void next(Direction direction, String name, String kind, Conversation after, int end) {
        var edge = new Edge(state, direction, kind);
        if (after != conversation) {
            conversation = after;
            state = after.isViolated() ? "violated" : MatrixStates.name(after);
        }
        side(direction).message(name, edge, state, end);
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        Conversation after = conversation.after(direction, message);
        next(direction, message.name(), MatrixMessages.name(message), after, (int) end);
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        Conversation after = conversation.afterOversized(direction, type);
        next(direction, TOO_LONG, TOO_LONG, after, (int) (start + length + 1));
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        next(direction, NO_MESSAGE, NO_MESSAGE, conversation, (int) start + raw.length());
    }
}
