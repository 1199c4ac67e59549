package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.RowDescription;

/**
 * Both sides send CopyData until each has sent CopyDone (START_REPLICATION).
 *
 * @param backendDone whether the backend has sent CopyDone. A keepalive in CopyData may still follow it (PostgreSQL 15)
 */
record CopyBoth(Exchange exchange, boolean backendDone) implements InSession {

    @Override
    public Conversation onCopyData(CopyData message) {
        return this;
    }

    @Override
    public Conversation onCopyDone(CopyDone message) {
        return backendDone ? otherwise(message) : new CopyBoth(exchange, true);
    }

    /** At the end of a timeline the next one comes as a result, before the completion. */
    @Override
    public Conversation onRowDescription(RowDescription message) {
        return ended(message);
    }

    @Override
    public Conversation onCommandComplete(CommandComplete message) {
        return ended(message);
    }

    private Conversation ended(BackendMessage message) {
        CopyStretch stretch = CopyStretch.of(exchange.owed());
        return backendDone && stretch.isDone()
                ? new CopyEnded(stretch.left(exchange)).after(message)
                : otherwise(message);
    }

    @Override
    public Conversation onErrorResponse(ErrorResponse message) {
        return State.isFatal(message)
                ? ended()
                : CopyStretch.of(exchange.owed()).failed(exchange);
    }

    @Override
    public Conversation with(Exchange next) {
        return new CopyBoth(next, backendDone);
    }

    @Override
    public long cause(BackendMessage message) {
        CopyStretch stretch = CopyStretch.of(exchange.owed());
        return message instanceof CopyData ? exchange.owed().headNumber() : stretch.lastNumber(exchange);
    }

    @Override
    public Phase phase() {
        return Phase.COPY_BOTH;
    }

    @Override
    public String expectedFromBackend() {
        return backendDone ? "CopyData, CommandComplete or ErrorResponse" : "CopyData, CopyDone or ErrorResponse";
    }
}
