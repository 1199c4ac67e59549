package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;

/** Nothing is owed. */
record Idle(Exchange exchange) implements InSession {

    /**
     * The server is closing the session (administrator, time-out, crash), except between extended-query messages and their
     * Sync: there a Flush, to which nothing is owed, may fail when statement_timeout has passed.
     */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return exchange.segmentOpen() && !State.isFatal(message) ? new Skipping(exchange) : ended();
    }

    @Override
    public Conversation with(Exchange next) {
        return InSession.next(next);
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.segmentOpen() ? exchange.sent() : 0;
    }

    @Override
    public Phase phase() {
        return Phase.IDLE;
    }

    @Override
    public String expectedFromBackend() {
        return "nothing";
    }
}
