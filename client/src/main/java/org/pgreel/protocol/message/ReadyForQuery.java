package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * ReadyForQuery ({@code 'Z'}): the backend awaits a new query cycle.
 *
 * <p>It closes every cycle, the failed ones too, and is the only message that tells the transaction's status.
 */
public record ReadyForQuery(TransactionStatus transactionStatus) implements BackendMessage {
    static final byte TYPE = 'Z';

    private static final ReadyForQuery IDLE = new ReadyForQuery(TransactionStatus.IDLE);
    private static final ReadyForQuery IN_BLOCK = new ReadyForQuery(TransactionStatus.IN_BLOCK);
    private static final ReadyForQuery FAILED = new ReadyForQuery(TransactionStatus.FAILED);

    static ReadyForQuery decode(MessageReader body) {
        return switch (TransactionStatus.decode(body)) {
            case IDLE -> IDLE;
            case IN_BLOCK -> IN_BLOCK;
            case FAILED -> FAILED;
        };
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeByte(transactionStatus.indicator()).end();
    }

    @Override
    public String name() {
        return "ReadyForQuery";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onReadyForQuery(this);
    }
}
