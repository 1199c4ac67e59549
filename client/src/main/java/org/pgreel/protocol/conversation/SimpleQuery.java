package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Direction;

/** The head of the queue is a Query to which nothing was answered yet. */
record SimpleQuery(Exchange exchange) implements InSession {

    @Override
    public Conversation onRowDescription(RowDescription message) {
        return new SimpleRows(exchange);
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return new SimpleCompleted(exchange);
    }

    @Override
    public Conversation onEmptyQueryResponse(EmptyQueryResponse message) {
        return new AwaitingReady(exchange.answeredButReady());
    }

    @Override
    public Conversation onCopyInResponse(CopyInResponse message) {
        return new CopyIn(exchange);
    }

    @Override
    public Conversation onCopyOutResponse(CopyOutResponse message) {
        return new CopyOut(exchange);
    }

    @Override
    public Conversation onCopyBothResponse(CopyBothResponse message) {
        return new CopyBoth(exchange, false);
    }

    @Override
    public Conversation onDataRow(DataRow message) {
        return beforeRowDescription(this, message);
    }

    static Conversation beforeRowDescription(State state, BackendMessage message) {
        return state.violatedBy(
                Direction.BACKEND,
                message.name(),
                " before RowDescription: the backend owed " + state.expectedFromBackend());
    }

    @Override
    public Conversation with(Exchange next) {
        return new SimpleQuery(next);
    }

    @Override
    public Phase phase() {
        return Phase.SIMPLE_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "RowDescription, CommandComplete, EmptyQueryResponse, a COPY response or ErrorResponse";
    }
}
