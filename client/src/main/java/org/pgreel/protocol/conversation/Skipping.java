package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ReadyForQuery;

/**
 * An extended-query message failed and no Sync is known to have been read since: the server discards all but Sync and
 * Terminate.
 *
 * <p>If a COPY failed there may be Syncs in the queue, each of which was either swallowed or ended the skipping.
 */
record Skipping(Exchange exchange) implements InSession {

    /** Returns the state behind an error, when the queue no longer holds what is skipped. */
    static Conversation orReady(Exchange exchange) {
        return exchange.owed().isEmpty() ? new Skipping(exchange) : new AwaitingReady(exchange);
    }

    @Override
    public Conversation onReadyForQuery(ReadyForQuery message) {
        return exchange.owed().isEmpty()
                ? otherwise(message)
                : InSession.next(exchange.ready(message.transactionStatus()));
    }

    /** Undoing the failed statement may fail in its turn. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return State.isFatal(message) ? ended() : this;
    }

    @Override
    public Conversation with(Exchange next) {
        return new Skipping(next);
    }

    @Override
    public Conversation demanded(Demand demand) {
        if (!demand.isOfSession() || exchange.terminated()) {
            return InSession.super.demanded(demand);
        }
        if (demand == Demand.SYNC) {
            return new AwaitingReady(exchange.sent(demand));
        }
        boolean answered = demand.isExtended() || demand.earnsReady();
        return answered && !exchange.owed().isEmpty()
                ? new AwaitingReady(exchange.withOwed(exchange.owed(), exchange.doubtful() - 1)
                        .sent(demand))
                : with(exchange.discarded(demand));
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.readyNumber();
    }

    @Override
    public Phase phase() {
        return Phase.SKIPPING;
    }

    @Override
    public String expectedFromBackend() {
        return exchange.owed().isEmpty() ? "nothing before Sync" : "ReadyForQuery or nothing";
    }
}
