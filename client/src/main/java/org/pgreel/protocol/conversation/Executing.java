package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;

/** The head of the queue is Execute, to which nothing was answered yet. Its rows need no RowDescription. */
record Executing(Exchange exchange) implements InSession {

    @Override
    public Conversation onDataRow(DataRow message) {
        return new ExecutingRows(exchange);
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return InSession.next(exchange.answered());
    }

    @Override
    public Conversation onEmptyQueryResponse(EmptyQueryResponse message) {
        return InSession.next(exchange.answered());
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
    public Conversation with(Exchange next) {
        return new Executing(next);
    }

    @Override
    public Phase phase() {
        return Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "DataRow, CommandComplete, EmptyQueryResponse, a COPY response or ErrorResponse";
    }
}
