package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;

/** The Query or Execute at the head of the queue sends CopyData. */
record CopyOut(Exchange exchange) implements InSession {

    @Override
    public Conversation onCopyData(CopyData message) {
        return this;
    }

    @Override
    public Conversation onCopyDone(CopyDone message) {
        return new CopyEnded(exchange);
    }

    @Override
    public Conversation with(Exchange next) {
        return new CopyOut(next);
    }

    @Override
    public Phase phase() {
        return Phase.COPY_OUT;
    }

    @Override
    public String expectedFromBackend() {
        return "CopyData, CopyDone or ErrorResponse";
    }
}
