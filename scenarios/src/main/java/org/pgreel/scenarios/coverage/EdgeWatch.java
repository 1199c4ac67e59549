package org.pgreel.scenarios.coverage;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Follows one connection and counts the edges that its messages are. Behind a violation nothing is counted any more, since
 * there is no state then. Confined to one thread.
 */
final class EdgeWatch implements WireSink {
    private final EdgeCounts counts;
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private Conversation conversation = Conversation.begin();
    private final Deque<Strike> strikes = new ArrayDeque<>();
    private @Nullable String state;

    /** A fault on a message. */
    private record Strike(String message, String effect) {
        boolean sameMessage(Strike other) {
            return message.equals(other.message);
        }
    }

    EdgeWatch(EdgeCounts counts) {
        this.counts = counts;
    }

    /** Bytes of that side have passed. */
    void passed(Direction direction, byte[] buffer, int from, int to) {
        if (!conversation.isViolated()) {
            decoder.feed(direction, buffer, from, to, this);
        }
    }

    /** A fault strikes on a message of the backend that is still to come, or would be. */
    void struck(String message, String effect) {
        strikes.add(new Strike(message, effect));
    }

    /** What was struck and did not come would have come here. */
    void over() {
        for (Strike strike = strikes.poll(); strike != null; strike = strikes.poll()) {
            note(strike);
        }
    }

    private void note(Strike strike) {
        if (!conversation.isViolated()) {
            counts.struck(new Edge(state(), Direction.BACKEND, strike.message()), strike.effect());
        }
    }

    /** The backend's next message is that; what was struck before it did not come. */
    private void noteBefore(String message) {
        while (strikes.stream().anyMatch(strike -> strike.message().equals(message))) {
            Strike next = strikes.remove();
            note(next);
            if (next.message().equals(message) && strikes.stream().noneMatch(next::sameMessage)) {
                return;
            }
        }
    }

    private String state() {
        String known = state;
        if (known == null) {
            known = MatrixStates.name(conversation);
            state = known;
        }
        return known;
    }

    @Override
    public void message(Direction direction, Message message, long start, long end) {
        if (conversation.isViolated()) {
            return;
        }
        String name = MatrixMessages.name(message);
        if (direction == Direction.FRONTEND) {
            over();
        } else {
            noteBefore(name);
        }
        counts.exercised(new Edge(state(), direction, name));
        follow(conversation.after(direction, message));
    }

    private void follow(Conversation next) {
        // Rows and the like lead nowhere else, which saves telling the state anew.
        if (next != conversation) {
            conversation = next;
            state = null;
        }
    }

    @Override
    public void oversized(Direction direction, byte type, long length, long start) {
        if (!conversation.isViolated()) {
            follow(conversation.afterOversized(direction, type));
        }
    }

    @Override
    public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {}
}
