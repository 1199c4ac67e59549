package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.RowDescription;

/**
 * The backend's CopyData is complete; CommandComplete comes next. BASE_BACKUP, which only a simple Query can be, goes on
 * with a result or with another COPY first.
 */
record CopyEnded(Exchange exchange) implements InSession {

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return isSimple() ? new SimpleCompleted(exchange) : InSession.next(exchange.answered());
    }

    @Override
    public Conversation onRowDescription(RowDescription message) {
        return isSimple() ? new SimpleRows(exchange) : otherwise(message);
    }

    @Override
    public Conversation onCopyOutResponse(CopyOutResponse message) {
        return isSimple() ? new CopyOut(exchange) : otherwise(message);
    }

    private boolean isSimple() {
        return exchange.owed().head() == Demand.QUERY;
    }

    @Override
    public Conversation with(Exchange next) {
        return new CopyEnded(next);
    }

    @Override
    public Phase phase() {
        return isSimple() ? Phase.SIMPLE_QUERY : Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "CommandComplete or ErrorResponse";
    }
}
