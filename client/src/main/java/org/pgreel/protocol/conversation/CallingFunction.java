package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.FunctionCallResponse;

/** The head of the queue is FunctionCall. */
record CallingFunction(Exchange exchange) implements InSession {

    @Override
    public Conversation onFunctionCallResponse(FunctionCallResponse message) {
        return new AwaitingReady(exchange.answeredButReady());
    }

    @Override
    public Conversation with(Exchange next) {
        return new CallingFunction(next);
    }

    @Override
    public Phase phase() {
        return Phase.FUNCTION_CALL;
    }

    @Override
    public String expectedFromBackend() {
        return "FunctionCallResponse or ErrorResponse";
    }
}
