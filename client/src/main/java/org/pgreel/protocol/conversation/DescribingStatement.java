package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.ParameterDescription;

/** The head of the queue is Describe of a prepared statement: its parameters come first. */
record DescribingStatement(Exchange exchange) implements InSession {

    @Override
    public Conversation onParameterDescription(ParameterDescription message) {
        return new DescribingColumns(exchange);
    }

    @Override
    public Conversation with(Exchange next) {
        return new DescribingStatement(next);
    }

    @Override
    public Phase phase() {
        return Phase.EXTENDED_QUERY;
    }

    @Override
    public String expectedFromBackend() {
        return "ParameterDescription or ErrorResponse";
    }
}
