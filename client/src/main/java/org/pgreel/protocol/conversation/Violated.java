package org.pgreel.protocol.conversation;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/**
 * A message came that no conforming peer could have sent.
 *
 * <p>For a client or server that is the end: no message leads out of it. One that only looks on, as a recorder's
 * projection does, may go on at the next ReadyForQuery with {@link #resumedAt}.
 *
 * @param before the conversation before that message
 * @param direction who sent it
 * @param messageName its name; its content is not kept
 * @param reason what should have come instead, a sentence for people
 * @param pending the conversation before the message, advanced by what the frontend has sent since
 */
public record Violated(
        Conversation before, Direction direction, String messageName, String reason, Conversation pending)
        implements Conversation {

    static Violated by(State before, Direction direction, String messageName, String detail) {
        return new Violated(before, direction, messageName, messageName + detail, before);
    }

    /**
     * Returns the conversation that goes on behind a ReadyForQuery, as if everything before it had been answered.
     *
     * @param message the first ReadyForQuery behind the violation, or the violation itself
     */
    public Conversation resumedAt(ReadyForQuery message) {
        return pending instanceof State state
                ? InSession.next(resumed(state.exchange(), message.transactionStatus()))
                : this;
    }

    private static Exchange resumed(Exchange exchange, TransactionStatus status) {
        Demands queue = exchange.owed();
        boolean found = false;
        while (!queue.isEmpty() && !found) {
            Demand head = queue.head();
            found = head != null && head.earnsReady();
            queue = queue.rest();
        }
        return new Exchange(queue, exchange.sent(), exchange.lastCopied(), 0, false, exchange.terminated(), status);
    }

    /** Returns a violation still; the message counts as sent if the session should be resumed. */
    @Override
    public Conversation after(FrontendMessage message) {
        return withPending(pending.after(message));
    }

    @Override
    public Conversation after(BackendMessage message) {
        return this;
    }

    @Override
    public Conversation afterOversized(Direction from, byte type) {
        return from == Direction.FRONTEND ? withPending(pending.afterOversized(from, type)) : this;
    }

    private Conversation withPending(Conversation next) {
        return next.isViolated() ? this : new Violated(before, direction, messageName, reason, next);
    }

    @Override
    public Phase phase() {
        return Phase.VIOLATED;
    }

    @Override
    public @Nullable TransactionStatus transactionStatus() {
        return before.transactionStatus();
    }

    @Override
    public ReadyOwed readyOwed() {
        return ReadyOwed.NONE;
    }

    @Override
    public @Nullable Demand owed() {
        return null;
    }

    @Override
    public long frontendMessages() {
        return pending.frontendMessages();
    }

    @Override
    public long answers(BackendMessage message) {
        return frontendMessages();
    }

    @Override
    public long answersOversized(byte type) {
        return frontendMessages();
    }

    @Override
    public String expectedFromBackend() {
        return "nothing";
    }

    @Override
    public boolean isTerminated() {
        return pending.isTerminated();
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    @Override
    public Violated violation() {
        return this;
    }

    /** Returns the reason. */
    @Override
    public String toString() {
        return "Violated: " + reason;
    }
}
