package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.PortalSuspended;

/** An Execute is sending rows. If it asked for a number of them it may be suspended, though not before the first. */
record ExecutingRows(Exchange exchange) implements InSession {

    @Override
    public Conversation onDataRow(DataRow message) {
        return this;
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return InSession.next(exchange.answered());
    }

    @Override
    public Conversation onPortalSuspended(PortalSuspended message) {
        return isLimited() ? InSession.next(exchange.answered()) : otherwise(message);
    }

    private boolean isLimited() {
        return exchange.owed().head() == Demand.EXECUTE_LIMITED;
    }

    @Override
    public Conversation with(Exchange next) {
        return new ExecutingRows(next);
    }

    @Override
    public Phase phase() {
        return Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "DataRow, CommandComplete" + (isLimited() ? ", PortalSuspended" : "") + " or ErrorResponse";
    }
}
