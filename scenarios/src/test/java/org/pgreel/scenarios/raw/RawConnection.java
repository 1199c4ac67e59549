package org.pgreel.scenarios.raw;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.replay.play.ScriptEngine;

/** One connection to a scripted server, without a socket; it follows the conversation from the frontend's side. */
final class RawConnection implements ReplayEffects, WireSink {
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Map<ReplayTimer, Duration> timers = new EnumMap<>(ReplayTimer.class);
    private final Set<String> states = new LinkedHashSet<>();
    private final ClientConnection server;
    private Conversation conversation = Conversation.begin();
    private @Nullable BackendKeyData key;
    private @Nullable String violation;
    private boolean over;
    private boolean tlsWanted;

    RawConnection(ScriptEngine engine) {
        this.server = engine.opened("raw", this);
    }

    /** Says a message, unless the server has ended the connection. */
    void says(FrontendMessage message) {
        if (over) {
            return;
        }
        byte[] bytes = message.toBytes().toArray();
        decoder.feed(Direction.FRONTEND, bytes, 0, bytes.length, this);
        server.received(bytes, 0, bytes.length);
        settles();
    }

    /** Tells whether the server has taken it for a session. */
    boolean started() {
        return key != null || conversation.transactionStatus() != null;
    }

    /** Ends its side. */
    void ends() {
        if (!over) {
            over = true;
            server.endOfStream();
        }
    }

    /** Lets pauses of the server pass, and none of its patience. */
    void settles() {
        if (tlsWanted) {
            tlsWanted = false;
            server.tlsEstablished(null);
        }
        while (timers.remove(ReplayTimer.PACE) != null) {
            server.elapsed(ReplayTimer.PACE);
        }
    }

    /** Returns the last cancel key; null if none came. */
    @Nullable
    BackendKeyData key() {
        return key;
    }

    /** Returns what the server said that it may not say; null if nothing. */
    @Nullable
    String violation() {
        return violation;
    }

    /** Returns the states that the conversation was in. */
    Set<String> states() {
        return states;
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        if (message instanceof BackendKeyData data) {
            key = data;
        }
        conversation = conversation.after(direction, message);
        Violated violated = conversation.violation();
        if (violated != null && violation == null) {
            violation = direction + " " + message.name() + ": " + violated.reason();
        }
        states.add(String.valueOf(conversation.phase()));
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        conversation = conversation.afterOversized(direction, type);
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
        violation = violation == null ? String.valueOf(why.getMessage()) : violation;
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        decoder.feed(Direction.BACKEND, buffer, from, to, this);
    }

    @Override
    public void flush() {
        // What is written has been read.
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void startTls() {
        tlsWanted = true;
    }

    @Override
    public void close() {
        over = true;
    }

    @Override
    public void halfClose() {
        over = true;
    }

    @Override
    public void pauseReading() {
        // Nothing is under way that could pile up.
    }

    @Override
    public void abort() {
        over = true;
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        timers.put(timer, after);
    }

    @Override
    public void disarm(ReplayTimer timer) {
        timers.remove(timer);
    }
}
