package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * The backend said that the session is over, by a fatal error or by one that answers nothing; it closes.
 *
 * <p>The frontend may not have seen that, so whatever it could have sent before is legal. A server that fails while it ends may say so.
 */
record Ended(Exchange exchange) implements Serving {

    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return this;
    }

    @Override
    public Conversation demanded(Demand demand) {
        if (exchange.terminated()) {
            return violatedBy(demand, ", but nothing follows Terminate");
        }
        boolean wasReady = exchange.status() != null;
        boolean conceivable = wasReady ? demand.isOfSession() : demand.isSecret() || demand == Demand.TERMINATE;
        return conceivable
                ? with(exchange.discarded(demand))
                : violatedBy(demand, ", but the session had " + (wasReady ? "begun" : "not begun"));
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
