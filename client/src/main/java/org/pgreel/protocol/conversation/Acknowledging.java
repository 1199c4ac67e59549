package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.ParseComplete;

/** The head of the queue is Parse, Bind or Close: a single message answers it. */
record Acknowledging(Exchange exchange) implements InSession {

    @Override
    public Conversation onParseComplete(ParseComplete message) {
        return acknowledged(Demand.PARSE, message);
    }

    @Override
    public Conversation onBindComplete(BindComplete message) {
        return acknowledged(Demand.BIND, message);
    }

    @Override
    public Conversation onCloseComplete(CloseComplete message) {
        return acknowledged(Demand.CLOSE, message);
    }

    private Conversation acknowledged(Demand demand, BackendMessage message) {
        return exchange.owed().head() == demand ? InSession.next(exchange.answered()) : otherwise(message);
    }

    @Override
    public Conversation with(Exchange next) {
        return new Acknowledging(next);
    }

    @Override
    public Phase phase() {
        return Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        Demand head = exchange.owed().head();
        return (head == null ? "" : head.messageName() + "Complete ") + "or ErrorResponse";
    }
}
