package org.pgreel.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.OperationTimedOutException;
import org.pgreel.client.PgException;
import org.pgreel.client.ReceiverFailedException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.observation.OperationObservation;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * Something that a session was asked to do, which earns one ReadyForQuery: messages to send, and what comes back. It
 * completes exactly once.
 *
 * <p>Messages that are known from the start are encoded when it is created, on the caller's thread, so what the wire cannot
 * carry is refused there. From the moment it is submitted it is confined to the session's owner; only its future is shared.
 *
 * <p>The server's messages come by {@link #heard}, after {@link Dialogue} found each legal; what a kind of operation does
 * with them is in the methods that it overrides. By default the answer is collected in {@link #results()}.
 *
 * @param <R> what it gives when it succeeds
 */
abstract sealed class Operation<R>
        permits SimpleQueryOperation,
                ExecutionOperation,
                PipelineOperation,
                PrepareOperation,
                CloseStatementOperation,
                StreamOperation,
                CopyInOperation,
                CopyOutOperation,
                BatchOperation,
                FunctionCallOperation,
                RelayOperation {

    /** The outcome of an operation that did not fail. */
    static final String SUCCEEDED = "succeeded";

    private static final String QUERY_CANCELED = "57014";

    /** For operations whose messages are made when their turn comes; nobody writes to it. */
    private static final MessageWriter NOTHING = new MessageWriter();

    private final String sql;
    private final List<FrontendMessage> messages;
    private final MessageWriter encoded;
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private final ResultCollector results = new ResultCollector();
    private final @Nullable Delivery delivery;
    private final @Nullable RowDelivery rows;

    private long id;
    private List<OperationObservation> observers = List.of();
    private boolean handedToSocket;
    private @Nullable OperationError error;
    private @Nullable Oversize oversize;
    private @Nullable Duration limit;
    private @Nullable Duration overrun;
    private boolean cancelSent;

    Operation(String sql, List<FrontendMessage> messages) {
        this(sql, messages, null);
    }

    /** An operation whose rows or data are not collected but given to a receiver, if there is one. */
    Operation(String sql, List<FrontendMessage> messages, @Nullable Delivery delivery) {
        this.delivery = delivery;
        this.rows = delivery instanceof RowDelivery toRows ? toRows : null;
        this.sql = sql;
        this.messages = List.copyOf(messages);
        this.encoded = messages.isEmpty() ? NOTHING : encoded(messages);
    }

    private static MessageWriter encoded(List<FrontendMessage> messages) {
        MessageWriter writer = new MessageWriter();
        messages.forEach(message -> message.encode(writer));
        return writer;
    }

    /** Returns what it is, without SQL or values. */
    abstract String kind();

    /** Tells whether another operation may be sent behind this one before it is answered. */
    abstract boolean leavesRoomBehind();

    /**
     * Tells whether the server commits the operation's own transaction behind its CommandComplete, so that an ERROR there
     * is a commit that failed; otherwise it does so before it sends the last one.
     */
    abstract boolean commitsBehindCompletion();

    /** Returns what it gave; asked once, when its ReadyForQuery came and no error. */
    abstract @Nullable R result();

    /** Tells whether it is done without a word to the server, as soon as its turn has come. */
    boolean sendsNothing() {
        return false;
    }

    /** Says the first it has to say; called once, when its turn has come. By default its messages. */
    void begin(Outbound outbound) {
        outbound.send(this);
    }

    /**
     * Goes on with what did not fit into the transport before, or with what the application has asked for since; called
     * behind each input while the operation is the oldest on the wire.
     */
    void proceed(Outbound outbound) {}

    /** Goes on with its first messages, which did not all fit into the transport when its turn came. */
    void goOn(Outbound outbound) {}

    /** Takes a message of its answer other than ReadyForQuery. */
    void heard(BackendMessage message, Outbound outbound) {
        Hearing.take(message, this, outbound);
    }

    /** A row came. */
    void row(DataRow row) {
        results.row(row);
    }

    /** A piece of COPY data came. */
    final void copied(CopyData data) {
        if (delivery == null) {
            results.copied(data);
        }
    }

    /** The columns of the rows that follow came, or those of a statement that was only described. */
    void described(RowDescription columns) {
        results.described(columns);
        if (rows != null) {
            rows.described(columns);
        }
    }

    /** A statement is complete; an empty tag is that of an empty statement. */
    void completed(String tag, Outbound outbound) {
        results.completed(tag);
        if (rows != null) {
            rows.completed(tag);
        }
    }

    /** The portal's row limit was reached. */
    void suspended() {}

    /** The server's first error is kept; what is behind it until Sync is not read. */
    void errorCame(Outbound outbound) {}

    /** The server wants COPY data; {@link #copyInAsked} answers. */
    void copyInBegins(CopyInResponse format) {}

    /** Answers the server's wish for COPY data. */
    abstract void copyInAsked(Outbound outbound);

    /** COPY data follows. */
    void copyOutBegins(CopyOutResponse format) {
        if (delivery != null) {
            delivery.fail("COPY TO STDOUT gives data and no rows: use copyOut", null);
        }
    }

    /** A message came that no other method takes, such as ParseComplete, NoData, CopyDone or FunctionCallResponse. */
    void acknowledged(BackendMessage message) {}

    /** Returns the SQL text; empty if it is not known. */
    String sql() {
        return sql;
    }

    /** The messages to send, in order. */
    final List<FrontendMessage> messages() {
        return messages;
    }

    final MessageWriter encoded() {
        return encoded;
    }

    final CompletableFuture<R> future() {
        return future;
    }

    final ResultCollector results() {
        return results;
    }

    /** Returns where rows go as they come; null if they are collected. */
    final @Nullable RowDelivery rows() {
        return rows;
    }

    /** Tells whether the application wants nothing of it at the moment. */
    final boolean holdsBack() {
        return delivery != null && delivery.isPaused();
    }

    final long id() {
        return id;
    }

    final void number(long number) {
        id = number;
    }

    final void observedBy(List<OperationObservation> observations) {
        observers = observations;
    }

    final List<OperationObservation> observers() {
        return observers;
    }

    /** Returns the code of the server's error; null if there was none. */
    @Nullable
    String sqlState() {
        return error == null ? null : error.response().sqlState();
    }

    final void handedToSocket() {
        handedToSocket = true;
    }

    boolean wasHandedToSocket() {
        return handedToSocket;
    }

    /** It may take so long once it is the oldest on the wire; zero for ever, null as the session's options say. */
    final void limit(@Nullable Duration most) {
        limit = most;
    }

    final @Nullable Duration limit() {
        return limit;
    }

    /** It took longer than it may, and is being cancelled for that. */
    void overran(Duration most) {
        overrun = most;
    }

    /** A cancel request for it was handed to the socket. */
    void cancelWasSent() {
        cancelSent = true;
    }

    /** The server failed it; only the first error counts. */
    void failed(ErrorResponse response) {
        if (error == null) {
            error = new OperationError(response, allCompleted());
        }
        if (!wantsAgain()) {
            endDelivery();
        }
    }

    /** Tells whether every statement was completed. */
    boolean allCompleted() {
        return results.results().size() >= SqlText.statementsAtLeast(sql);
    }

    final @Nullable ErrorResponse error() {
        return error == null ? null : error.response();
    }

    final boolean hasFailed() {
        return error != null;
    }

    /** A message of its answer was too large to be held. */
    void exceeded(String messageName, long length, long allowed) {
        if (oversize == null) {
            oversize = new Oversize(messageName, length, allowed);
        }
        endDelivery();
    }

    private void endDelivery() {
        if (delivery != null) {
            delivery.end();
        }
    }

    /** Tells whether the server has said how it ended: a ReadyForQuery is legal only then. */
    boolean isAnswered() {
        return error != null || results.isComplete();
    }

    boolean controlsTransactions() {
        return SqlText.controlsTransactions(sql);
    }

    /**
     * Takes its ReadyForQuery.
     *
     * @return the outcome's name; null if it is not done, because another ReadyForQuery is owed to it
     */
    @Nullable
    String ready(boolean committable, TransactionStatus reported) {
        return complete(committable, reported);
    }

    /** Tells whether it is to be sent once more, as if for the first time. */
    boolean wantsAgain() {
        return false;
    }

    /** Forgets the answer that came, to be sent once more. */
    final void forgetAnswer() {
        error = null;
        oversize = null;
        results.forget();
    }

    /**
     * Completes it at its ReadyForQuery.
     *
     * @param committable whether what it did may be permanent
     * @param reported the transaction status in that ReadyForQuery
     * @return the outcome's name
     */
    final String complete(boolean committable, TransactionStatus reported) {
        Delivery.@Nullable Failure unreceived = delivery == null ? null : delivery.failure();
        if (unreceived != null) {
            return fail(new ReceiverFailedException(unreceived.sentence(), unreceived.cause(), effect(committable)));
        }
        if (error != null) {
            endDelivery();
            // The error aborted the block that the operation was in, and all that was done in it.
            boolean blockAborted = reported == TransactionStatus.FAILED && !controlsTransactions();
            return fail(failure(error.response(), blockAborted ? ServerEffect.NONE : effect(committable)));
        }
        if (oversize != null) {
            return fail(oversize.failure(effect(committable)));
        }
        future.complete(result());
        return SUCCEEDED;
    }

    /**
     * Completes it because the session is over.
     *
     * @param end what to fail with, unless the server had given an error before
     * @param committable whether what it did may be permanent
     * @return the outcome's name
     */
    String abandon(Failure end, boolean committable) {
        ServerEffect effect = effect(committable);
        return fail(error != null ? failure(error.response(), effect) : end.with(effect));
    }

    /** Makes the failure that the server's error is: where our own time limit brought it about, that. */
    private PgException failure(ErrorResponse given, ServerEffect effect) {
        ServerErrorException failure = new ServerErrorException(given, effect);
        Duration most = overrun;
        return most != null && cancelSent && given.sqlState().equals(QUERY_CANCELED)
                ? new OperationTimedOutException(most, failure)
                : failure;
    }

    /** Makes the failure for an operation of a session that is over. */
    @FunctionalInterface
    interface Failure {
        PgException with(ServerEffect effect);
    }

    final String fail(PgException failure) {
        future.completeExceptionally(failure);
        return failure.kind();
    }

    final ServerEffect effect(boolean committable) {
        if (!handedToSocket || isUndone()) {
            return ServerEffect.NONE;
        }
        return committable ? ServerEffect.MAY_HAVE_COMMITTED : ServerEffect.MAY_HAVE_EXECUTED;
    }

    /** Tells whether the server's error proves that it rolled the operation back. */
    final boolean isUndone() {
        return error != null && !controlsTransactions() && error.provesUndone(commitsBehindCompletion());
    }
}
