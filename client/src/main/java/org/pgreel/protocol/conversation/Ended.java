package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * The backend said that the session is over, by a fatal error or by one that answers nothing; it closes.
 *
 * <p>The frontend may not have seen that, so whatever it sends is legal. A server that fails while it ends may say so.
 */
record Ended(Exchange exchange) implements Serving {

    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return this;
    }

    @Override
    public Conversation demanded(Demand demand) {
        return exchange.terminated()
                ? violatedBy(demand, ", but nothing follows Terminate")
                : with(exchange.discarded(demand));
    }

    @Override
    public Conversation with(Exchange next) {
        return new Ended(next);
    }

    @Override
    public long cause(BackendMessage message) {
        return 0;
    }

    @Override
    public Phase phase() {
        return Phase.ENDED;
    }

    @Override
    public String expectedFromBackend() {
        return "nothing: it had ended the session";
    }

    @Override
    public boolean mayEnd() {
        return true;
    }
}
