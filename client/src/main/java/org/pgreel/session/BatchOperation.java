package org.pgreel.session;

import java.util.List;
import org.pgreel.client.BatchResult;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.RolledBackException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.StatementBatch;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.BindWriter;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * One statement for many rows of parameters, one Sync behind all. The first row goes as any query does, which prepares the
 * statement; each other is a Bind and an Execute, written straight from the batch, and its answer is a number.
 */
final class BatchOperation extends Operation<BatchResult> {

    private static final String QUERY_CANCELED = "57014";

    private final StatementBatch batch;
    private final List<Integer> formats;
    private final ParameterizedQueryOperation lead;
    private final long[] counts;
    private int sent;
    private int answered;

    /**
     * Creates it.
     *
     * @throws IllegalArgumentException if the statement cannot be sent
     */
    BatchOperation(StatementBatch batch, Statements statements) {
        super(batch.sql(), List.of());
        this.batch = batch;
        this.formats = batch.formats();
        this.lead = new ParameterizedQueryOperation(
                ParameterizedQuery.of(batch.sql(), batch.rows() == 0 ? List.of() : batch.parameters(0)),
                null,
                statements);
        this.counts = new long[batch.rows()];
        batch.begins();
    }

    @Override
    String kind() {
        return "batch";
    }

    @Override
    boolean sendsNothing() {
        return counts.length == 0;
    }

    @Override
    boolean leavesRoomBehind() {
        return sent == counts.length;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    void begin(Outbound outbound) {
        lead.sendAgain();
        forgetAnswer();
        sent = 0;
        answered = 0;
        goOn(outbound);
    }

    @Override
    void goOn(Outbound outbound) {
        while (sent < counts.length && outbound.takesMore()) {
            if (sent == 0) {
                lead.send(outbound);
                outbound.sent(this);
            } else {
                send(sent, outbound);
            }
            sent++;
            if (sent == counts.length) {
                outbound.send(ExecutionOperation.SYNC);
            }
            outbound.transmitIfMuch();
        }
    }

    private void send(int row, Outbound outbound) {
        MessageWriter out = outbound.writing(ExecutionOperation.ANY_BIND);
        BindWriter.begin(out, lead.statementName(), formats.size());
        for (int i = 0; i < formats.size(); i++) {
            BindWriter.format(out, formats.get(i));
        }
        BindWriter.values(out, batch.columns());
        batch.write(row, out);
        BindWriter.end(out, List.of());
        outbound.send(ExecutionOperation.EXECUTE);
    }

    @Override
    void heard(BackendMessage message, Outbound outbound) {
        if (answered == 0) {
            lead.heard(message, outbound);
        }
        if (message instanceof CommandComplete completion) {
            counts[answered++] = completion.rowCount().orElse(0);
        } else if (message instanceof EmptyQueryResponse) {
            counts[answered++] = 0;
        } else if (message instanceof ErrorResponse response) {
            failed(response);
        } else if (answered > 0 && !(message instanceof BindComplete) && !(message instanceof DataRow)) {
            super.heard(message, outbound);
        }
    }

    @Override
    boolean isAnswered() {
        return hasFailed() || answered == counts.length;
    }

    @Override
    boolean allCompleted() {
        return answered == counts.length;
    }

    @Override
    boolean wantsAgain() {
        return answered == 0 && lead.wantsAgain();
    }

    /** The server's error is that of the row which is being answered; the others were rolled back with it. */
    @Override
    String ready(boolean committable, TransactionStatus reported) {
        batch.executed();
        ErrorResponse error = error();
        if (error == null
                || !isUndone()
                || answered == counts.length
                || error.sqlState().equals(QUERY_CANCELED)) {
            return complete(committable, reported);
        }
        ServerErrorException cause = new ServerErrorException(error, ServerEffect.NONE);
        return fail(new RolledBackException(answered, cause, ServerEffect.NONE));
    }

    @Override
    String abandon(Failure end, boolean committable) {
        batch.executed();
        return super.abandon(end, committable);
    }

    @Override
    BatchResult result() {
        return new BatchResult(counts);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        outbound.send(new CopyFail("COPY takes no parameters: use copyIn"));
        outbound.sendSyncBehindCopy();
    }
}
