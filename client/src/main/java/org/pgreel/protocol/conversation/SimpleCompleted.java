package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;

/** A statement of a Query is complete; another may follow. How many it has is the server's to know. */
record SimpleCompleted(Exchange exchange) implements InSession {

    @Override
    public Conversation onRowDescription(RowDescription message) {
        return new SimpleRows(exchange);
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return this;
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
    public Conversation onReadyForQuery(ReadyForQuery message) {
        return InSession.next(exchange.ready(message.transactionStatus()));
    }

    @Override
    public Conversation onDataRow(DataRow message) {
        return SimpleQuery.beforeRowDescription(this, message);
    }

    @Override
    public Conversation with(Exchange next) {
        return new SimpleCompleted(next);
    }

    @Override
    public Phase phase() {
        return Phase.SIMPLE_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "ReadyForQuery, or the answer to another statement";
    }
}
