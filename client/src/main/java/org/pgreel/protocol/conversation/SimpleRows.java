package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.RowDescription;

/** A Query is sending the rows of a result. */
record SimpleRows(Exchange exchange) implements InSession {

    @Override
    public Conversation onDataRow(DataRow message) {
        return this;
    }

    /** One statement gives several results, and one CommandComplete, if its table has a rule that adds a SELECT. */
    @Override
    public Conversation onRowDescription(RowDescription message) {
        return this;
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return new SimpleCompleted(exchange);
    }

    @Override
    public Conversation with(Exchange next) {
        return new SimpleRows(next);
    }

    @Override
    public Phase phase() {
        return Phase.SIMPLE_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "DataRow, CommandComplete or ErrorResponse";
    }
}
