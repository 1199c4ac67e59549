package org.pgreel.session;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.client.ServerAddress;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.tap.CallbackKind;

/** Writes down what the core asks for; derives keys at once unless told to hold them. */
final class RecordedEffects implements Effects {

    /** What was asked for, in order: "connect h:p", "write Query", "flush", "close" … */
    final List<String> asked = new ArrayList<>();

    final List<OAuthRequest> requested = new ArrayList<>();
    final List<Message> sent = new ArrayList<>();
    final Map<Timer, Duration> armed = new EnumMap<>(Timer.class);
    final List<RecordedConnection> others = new ArrayList<>();
    final Deque<Runnable> queued = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private @Nullable SessionInputs core;
    private int mark = Integer.MAX_VALUE;
    private int held;
    private int heldMax;
    boolean holdKeys;
    byte @Nullable [] heldKey;
    boolean owned = true;

    void drives(SessionInputs inputs) {
        core = inputs;
    }

    /** The transport is full when it holds so many bytes, until {@link #drain}. */
    void fillsAt(int bytes) {
        mark = bytes;
    }

    /** Everything leaves, and the transport takes bytes again. */
    void drain() {
        held = 0;
        Objects.requireNonNull(core).writable();
    }

    /** Returns the most bytes that were held at once. */
    int heldMax() {
        return heldMax;
    }

    /** What the server says; the decoder needs it to read the answers. */
    void serverSays(byte[] buffer, int from, int to) {
        decoder.feed(Direction.BACKEND, buffer.clone(), from, to, new Sent());
    }

    byte[] bytesWritten() {
        return written.toByteArray();
    }

    List<String> sentNames() {
        return sent.stream().map(Message::name).toList();
    }

    @Override
    public void connect(ServerAddress address) {
        asked.add("connect " + address);
    }

    @Override
    public ConnectionEffects connectAgain(ConnectionInputs inputs) {
        asked.add("connectAgain");
        RecordedConnection another = new RecordedConnection(inputs);
        others.add(another);
        return another;
    }

    /** Returns the connection that was opened last beside the session's own. */
    RecordedConnection another() {
        return others.get(others.size() - 1);
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        written.write(buffer, from, to - from);
        held += to - from;
        heldMax = Math.max(heldMax, held);
        if (held > mark) {
            Objects.requireNonNull(core).unwritable();
        }
        byte[] copy = Bytes.copyOf(buffer, from, to).toArray();
        int before = sent.size();
        decoder.feed(Direction.FRONTEND, copy, 0, copy.length, new Sent());
        asked.add("write " + String.join(" ", sentNames().subList(before, sent.size())));
    }

    @Override
    public void flush() {
        asked.add("flush");
    }

    @Override
    public void pauseRead() {
        asked.add("pauseRead");
    }

    @Override
    public void resumeRead() {
        asked.add("resumeRead");
    }

    @Override
    public void giveUp(boolean inOrder) {
        asked.add(inOrder ? "giveUp in order" : "giveUp");
        decoder = new WireDecoder(WireLimits.DEFAULTS);
    }

    @Override
    public void startTls() {
        asked.add("startTls");
    }

    @Override
    public void armTimer(Timer timer, Duration delay) {
        armed.put(timer, delay);
    }

    @Override
    public void disarm(Timer timer) {
        armed.remove(timer);
    }

    @Override
    public void deriveKey(byte[] password, byte[] salt, int iterations) {
        asked.add("deriveKey " + iterations);
        byte[] key = SaltedPassword.derive(password, salt, iterations);
        if (holdKeys) {
            heldKey = key;
        } else {
            Objects.requireNonNull(core).keyDerived(key);
        }
    }

    @Override
    public void requestToken(OAuthRequest request, OAuthTokenProvider provider) {
        asked.add("requestToken for " + request.user() + " at " + request.server());
        requested.add(request);
    }

    @Override
    public void close() {
        asked.add("close");
    }

    @Override
    public void abort() {
        asked.add("abort");
    }

    @Override
    public boolean ownedByCurrentThread() {
        return owned;
    }

    @Override
    public void execute(Runnable task) {
        queued.add(task);
    }

    @Override
    public void callbackFailed(CallbackKind callback, Throwable thrown) {
        asked.add("callbackFailed " + callback.callbackName() + " "
                + thrown.getClass().getSimpleName());
    }

    @Override
    public void observerFailed(Throwable thrown) {
        asked.add("observerFailed " + thrown.getClass().getSimpleName());
    }

    @Override
    public void receiverFailed(String receiver, Throwable thrown) {
        asked.add("receiverFailed " + receiver + " " + thrown.getClass().getSimpleName());
    }

    /** Keeps the frontend's messages; the backend's are the test's own. */
    private final class Sent implements WireSink {
        @Override
        public void message(Direction direction, Message message, long start, long end) {
            if (direction == Direction.FRONTEND) {
                sent.add(message);
            }
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            if (direction == Direction.FRONTEND) {
                throw new AssertionError("the client sent an oversized message");
            }
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            if (direction == Direction.FRONTEND) {
                throw new AssertionError("the client sent what cannot be decoded", why);
            }
        }
    }
}
