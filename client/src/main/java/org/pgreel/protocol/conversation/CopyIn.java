package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * The Query or Execute at the head of the queue takes CopyData. What the frontend sends meanwhile joins the queue as ever;
 * how the COPY ends tells what the server made of it.
 */
record CopyIn(Exchange exchange) implements InSession {

    /** The server has read CopyDone, and swallowed every Sync before it. */
    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        CopyStretch stretch = CopyStretch.of(exchange.owed());
        return stretch.isDone() ? stretch.completed(exchange) : otherwise(message);
    }

    /** The server has stopped reading somewhere: at CopyFail, at a message that has no place here, or anywhere before. */
    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return State.isFatal(message)
                ? ended()
                : CopyStretch.of(exchange.owed()).failed(exchange);
    }

    @Override
    public Conversation with(Exchange next) {
        return new CopyIn(next);
    }

    @Override
    public ReadyOwed readyOwed() {
        return exchange.readyOwed(CopyStretch.of(exchange.owed()).syncCount());
    }

    @Override
    public long cause(BackendMessage message) {
        return CopyStretch.of(exchange.owed()).lastNumber(exchange);
    }

    @Override
    public Phase phase() {
        return Phase.COPY_IN;
    }

    @Override
    public String expectedFromBackend() {
        return CopyStretch.of(exchange.owed()).isDone()
                ? "CommandComplete or ErrorResponse"
                : "ErrorResponse, or nothing before CopyDone";
    }
}
