package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.RowDescription;

/** The head of the queue is Describe: its columns are to come, or the word that there are none. */
record DescribingColumns(Exchange exchange) implements InSession {

    @Override
    public Conversation onRowDescription(RowDescription message) {
        return InSession.next(exchange.answered());
    }

    @Override
    public Conversation onNoData(NoData message) {
        return InSession.next(exchange.answered());
    }

    @Override
    public Conversation with(Exchange next) {
        return new DescribingColumns(next);
    }

    @Override
    public Phase phase() {
        return Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "RowDescription, NoData or ErrorResponse";
    }
}
