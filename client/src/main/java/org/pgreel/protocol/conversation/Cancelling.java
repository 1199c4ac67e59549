package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;

/** A CancelRequest was sent: the server closes the connection without a word. */
record Cancelling(Exchange exchange) implements State {

    @Override
    public Conversation demanded(Demand demand) {
        return violatedBy(demand, ", but nothing follows CancelRequest");
    }

    @Override
    public long cause(BackendMessage message) {
        return exchange.sent();
    }

    @Override
    public Phase phase() {
        return Phase.CANCELLING;
    }

    @Override
    public String expectedFromBackend() {
        return "nothing: it closes after CancelRequest";
    }

    @Override
    public boolean mayEnd() {
        return true;
    }
}
