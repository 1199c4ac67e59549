package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ReadyForQuery;

/**
 * The frontend is let in; the backend sends its parameters and its key until it is ready. Poolers leave the key out or
 * send it twice.
 */
record StartingUp(Exchange exchange) implements Serving {

    @Override
    public Conversation onBackendKeyData(BackendKeyData message) {
        return this;
    }

    @Override
    public Conversation onReadyForQuery(ReadyForQuery message) {
        return InSession.next(new Exchange(
                exchange.owed(), exchange.sent(), 0, 0, false, exchange.terminated(), message.transactionStatus()));
    }

    /** A missing database, a role that may not log in, too many connections: there is no session to go on with. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return ended();
    }

    @Override
    public Conversation demanded(Demand demand) {
        return demand == Demand.TERMINATE && !exchange.terminated()
                ? with(exchange.sent(demand))
                : violatedBy(demand, ", but the backend was not ready for queries yet");
    }

    @Override
    public Conversation with(Exchange next) {
        return new StartingUp(next);
    }

    @Override
    public long cause(BackendMessage message) {
        return 0;
    }

    @Override
    public Phase phase() {
        return Phase.STARTING_UP;
    }

    @Override
    public String expectedFromBackend() {
        return "ParameterStatus, BackendKeyData, ReadyForQuery or ErrorResponse";
    }
}
