package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ReadyForQuery;

/**
 * The head of the queue is a Sync, or something answered but for its ReadyForQuery.
 *
 * <p>Syncs that a failed COPY may have swallowed are a special case: if all at the head of the queue are of that kind, the
 * backend may as well answer what is behind them.
 */
record AwaitingReady(Exchange exchange) implements InSession {

    @Override
    public Conversation onReadyForQuery(ReadyForQuery message) {
        return InSession.next(exchange.ready(message.transactionStatus()));
    }

    /** What Sync commits may fail, and so may what the server does after an error: several may come. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        if (State.isFatal(message)) {
            return ended();
        }
        return exchange.headIsDoubtful() ? behind().after(message) : this;
    }

    @Override
    public Conversation otherwise(BackendMessage message) {
        Conversation next = exchange.headIsDoubtful() ? behind().after(message) : this;
        return next == this || next.isViolated() ? InSession.super.otherwise(message) : next;
    }

    private Conversation behind() {
        return InSession.next(exchange.withoutDoubtfulHead());
    }

    @Override
    public Conversation with(Exchange next) {
        return new AwaitingReady(next);
    }

    @Override
    public long cause(BackendMessage message) {
        boolean ofHead = message instanceof ReadyForQuery || !exchange.headIsDoubtful();
        return ofHead ? exchange.readyNumber() : behind().answers(message);
    }

    @Override
    public Phase phase() {
        return Phase.AWAITING_READY;
    }

    @Override
    public String expectedFromBackend() {
        String ready = "ReadyForQuery or ErrorResponse";
        return exchange.headIsDoubtful() ? ready + ", or else " + behind().expectedFromBackend() : ready;
    }
}
