package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/** A client without a socket: sends messages to an engine and reads what comes back. */
final class TestClient implements WireSink {
    final RecordedEffects effects = new RecordedEffects();
    final ReplayConnection connection;
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final List<BackendMessage> came = new ArrayList<>();
    private int flushes;

    TestClient(ReplayEngine engine) {
        connection = engine.opened("test", effects);
    }

    /** A client that is let in without a password. */
    static TestClient loggedIn(ReplayEngine engine, Map<String, String> startup) {
        var client = new TestClient(engine);
        client.send(StartupMessage.of(StartupMessage.VERSION_3_0, startup));
        return client;
    }

    TestClient send(FrontendMessage... messages) {
        Bytes bytes = Bytes.EMPTY;
        for (FrontendMessage message : messages) {
            bytes = bytes.plus(message.toBytes());
        }
        return send(bytes);
    }

    TestClient send(Bytes bytes) {
        byte[] array = bytes.toArray();
        decoder.feed(Direction.FRONTEND, array, 0, array.length, this);
        connection.received(array, 0, array.length);
        return this;
    }

    /** Sends each byte by itself. */
    TestClient sendByteByByte(FrontendMessage message) {
        Bytes bytes = message.toBytes();
        for (int i = 0; i < bytes.length(); i++) {
            send(bytes.slice(i, i + 1));
        }
        return this;
    }

    /** Returns what came since the last call. */
    List<BackendMessage> take() {
        List<byte[]> flushed = effects.takeFlushes();
        flushes = flushed.size();
        for (byte[] bytes : flushed) {
            decoder.feed(Direction.BACKEND, bytes, 0, bytes.length, this);
        }
        var taken = List.copyOf(came);
        came.clear();
        return taken;
    }

    /** Returns the names of the messages that came since the last call. */
    List<String> takeNames() {
        return take().stream().map(BackendMessage::name).toList();
    }

    /** Returns how many flushes brought what the last call took. */
    int flushes() {
        return flushes;
    }

    /** Returns the one message of that kind among those that came since the last call. */
    <M extends BackendMessage> M takeOnly(Class<M> kind) {
        List<M> found = take().stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " messages " + kind.getSimpleName());
        }
        return found.get(0);
    }

    ErrorResponse takeError() {
        return takeOnly(ErrorResponse.class);
    }

    BackendKeyData takeKey() {
        return takeOnly(BackendKeyData.class);
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        if (direction == Direction.BACKEND) {
            came.add((BackendMessage) message);
        }
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        throw new AssertionError("oversized");
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        if (direction == Direction.BACKEND) {
            throw why;
        }
    }
}
