package org.pgreel.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/**
 * A conversation with one PostgreSQL backend.
 *
 * <p>Operations may be submitted at any time, also before the session is ready; they run in the order in which they
 * were submitted, and each future completes exactly once, always from the session's event loop. Waiting for a future
 * inside a callback waits for ever.
 *
 * <p>An operation succeeds only at the ReadyForQuery that ends it, never at its CommandComplete. A failure is a
 * {@link PgException}; it ends the session only where its type says so.
 *
 * <p>Thread-safe.
 */
public interface Session extends SessionTypes, BatchExecution, Cancellation, AutoCloseable {

    /**
     * Runs SQL by the simple query protocol; it may hold several statements, and all values come as text.
     *
     * <p>{@code COPY … TO STDOUT} is legal: its data is in {@link QueryResult#copyData()}. {@code COPY … FROM STDIN}
     * is answered with CopyFail, because no data was given; use {@link #copyIn}.
     *
     * @param sql the statements
     * @return one result a statement
     * @throws IllegalArgumentException if the text holds a NUL
     */
    CompletableFuture<QueryResults> query(String sql);

    /**
     * Runs one statement with parameters by the extended query protocol.
     *
     * @param query the statement, its parameters and the format of its results
     * @return its result
     */
    CompletableFuture<QueryResult> query(ParameterizedQuery query);

    /**
     * Runs one statement with parameters by the extended query protocol; results come as text.
     *
     * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
     * @param parameters their values in order
     * @return its result
     */
    default CompletableFuture<QueryResult> query(String sql, List<Parameter> parameters) {
        return query(ParameterizedQuery.of(sql, parameters));
    }

    /**
     * Runs SQL as {@link #query(String)} does, and gives the rows to a receiver as they come.
     *
     * @param receiver takes the rows
     * @return one result a statement, without rows
     */
    CompletableFuture<QueryResults> query(String sql, RowReceiver receiver);

    /**
     * Runs one statement as {@link #query(ParameterizedQuery)} does, and gives the rows to a receiver as they come.
     *
     * @param receiver takes the rows
     * @return its result, without rows
     */
    CompletableFuture<QueryResult> query(ParameterizedQuery query, RowReceiver receiver);

    /**
     * Runs one statement whose rows come in windows, behind each of which the server waits. Until it has ended no other
     * operation of this session is sent.
     *
     * @param query the statement, its parameters and the format of its results
     * @param window how many rows a window has; 0 is all rows, in one window
     * @param receiver takes the rows
     * @return asks for more and ends the stream
     * @throws IllegalArgumentException if the window is negative
     */
    RowStream stream(ExtendedQuery query, int window, RowReceiver receiver);

    /**
     * Returns the rows of one statement as a publisher: for each subscriber the statement is run, from its first request to
     * its last row, its failure or its cancellation.
     *
     * <p>Rows are asked of the server in windows, the next when the subscriber wants more than the last window held. A row
     * that nobody has requested holds up the session, as {@link Inflow#pause} does.
     *
     * @param query the statement, its parameters and the format of its results
     * @param window how many rows a window has; 0 is all rows, in one window
     * @return publishes on the session's event loop
     * @throws IllegalArgumentException if the window is negative
     */
    Flow.Publisher<Row> stream(ExtendedQuery query, int window);

    /**
     * Runs {@code COPY … FROM STDIN}, whose data is given piece by piece.
     *
     * @param sql the COPY statement, alone
     * @return takes the data
     * @throws IllegalArgumentException if the text holds a NUL
     */
    CopyIn copyIn(String sql);

    /**
     * Runs {@code COPY … TO STDOUT} and gives its data to a receiver as it comes.
     *
     * @param sql the COPY statement, alone
     * @param receiver takes the data
     * @return holds back the data and tells the outcome
     * @throws IllegalArgumentException if the text holds a NUL
     */
    CopyOut copyOut(String sql, CopyReceiver receiver);

    /**
     * Returns the data of {@code COPY … TO STDOUT} as a publisher: for each subscriber the statement is run. Data that nobody
     * has requested holds up the session, as {@link Inflow#pause} does; behind a cancellation the rest passes unseen.
     *
     * @param sql the COPY statement, alone
     * @return publishes on the session's event loop
     * @throws IllegalArgumentException if the text holds a NUL
     */
    Flow.Publisher<Bytes> copyOut(String sql);

    /**
     * Prepares a statement under a name, for {@link #execute}; it lives until it is closed or the session ends.
     *
     * @param name its name; not empty, and not one that begins with {@code pgreel_}, as the client's own do
     * @param sql one statement, with {@code $1}, {@code $2} … where the parameters go; not COPY
     * @param parameterTypes the type OIDs of the first parameters; the server infers those that are 0 or missing
     * @return what the server tells of it, at ReadyForQuery
     * @throws IllegalArgumentException if the name or the text cannot be sent, or the statement is COPY
     */
    CompletableFuture<StatementDescription> prepare(String name, String sql, List<Integer> parameterTypes);

    /**
     * Prepares a statement under a name; the server infers the types of its parameters.
     *
     * @param name its name
     * @param sql one statement, with {@code $1}, {@code $2} … where the parameters go
     * @return what the server tells of it
     */
    default CompletableFuture<StatementDescription> prepare(String name, String sql) {
        return prepare(name, sql, List.of());
    }

    /**
     * Executes a prepared statement. It is never prepared anew by itself: when the server has dropped it (26000) or its
     * result would change its type (0A000), the execution fails.
     *
     * @param query the statement's name, the values of its parameters and the format of its results
     * @return its result
     */
    CompletableFuture<QueryResult> execute(NamedQuery query);

    /**
     * Executes a prepared statement as {@link #execute(NamedQuery)} does, and gives the rows to a receiver as they come.
     *
     * @param query the statement's name, the values of its parameters and the format of its results
     * @param receiver takes the rows
     * @return its result, without rows
     */
    CompletableFuture<QueryResult> execute(NamedQuery query, RowReceiver receiver);

    /**
     * Executes a prepared statement; results come as text.
     *
     * @param name its name
     * @param parameters the values of its parameters, in order
     * @return its result
     */
    default CompletableFuture<QueryResult> execute(String name, List<Parameter> parameters) {
        return execute(NamedQuery.of(name, parameters));
    }

    /**
     * Closes a prepared statement; one that does not exist is no error.
     *
     * @param name its name
     * @return completes, with null, when the server has closed it
     */
    CompletableFuture<Void> closeStatement(String name);

    /**
     * Runs statements without waiting between them: they leave together, and nothing else of this session comes between.
     *
     * <p>If one of them cannot be sent at all, none is. Without statements nothing is sent, but the pipeline waits for its
     * turn.
     *
     * @param queries the statements
     * @param sync whether each stands for itself
     * @return how each came out, in order; the future itself never fails
     * @throws IllegalArgumentException if a statement cannot be sent; it names the index
     */
    default CompletableFuture<List<PipelineOutcome>> pipeline(
            List<? extends ExtendedQuery> queries, PipelineSync sync) {
        return pipeline(queries, sync, new PipelineReceiver() {});
    }

    /**
     * Does the same and tells each outcome as soon as it is settled: with {@link PipelineSync#EACH} one by one.
     *
     * @param queries the statements
     * @param sync whether each stands for itself
     * @param receiver who hears of them
     * @return how each came out, in order; the future itself never fails
     * @throws IllegalArgumentException if a statement cannot be sent; the receiver then hears nothing
     */
    CompletableFuture<List<PipelineOutcome>> pipeline(
            List<? extends ExtendedQuery> queries, PipelineSync sync, PipelineReceiver receiver);

    /**
     * Runs {@code COPY … FROM STDIN} and feeds it.
     *
     * @param sql the COPY statement, alone
     * @param data what to copy, in the format that the statement names; it may not be changed until the future is done
     * @return its result; the command tag tells the count of rows
     */
    CompletableFuture<QueryResult> copyIn(String sql, byte[] data);

    /**
     * Begins a transaction. Its handle comes when the server has begun it, and not before: a statement sent ahead would be
     * committed by itself if BEGIN failed.
     *
     * @param options what kind of transaction
     * @return its handle
     * @throws IllegalStateException if the session is in a transaction already
     */
    CompletableFuture<Transaction> begin(TransactionOptions options);

    /** Begins a transaction of the session's default kind; see {@link #begin(TransactionOptions)}. */
    default CompletableFuture<Transaction> begin() {
        return begin(TransactionOptions.DEFAULTS);
    }

    /**
     * Runs work in a transaction, up to five times if the server gives it up for the sake of others (40001, 40P01); see
     * {@link TransactionRunner}.
     *
     * @param options what kind of transaction
     * @param work what to do, once for each attempt
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    default <T> CompletableFuture<T> inTransaction(
            TransactionOptions options, Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return TransactionRunner.standard().run(this, options, work);
    }

    /** Runs work in a transaction of the session's default kind; see the other method of this name. */
    default <T> CompletableFuture<T> inTransaction(Function<? super Transaction, ? extends CompletionStage<T>> work) {
        return inTransaction(TransactionOptions.DEFAULTS, work);
    }

    /**
     * Returns a view of this session whose operations have that time limit, in place of
     * {@link ConnectOptions#operationTimeout()}. All else is the same session's.
     *
     * <p>The time runs from when the operation is the oldest on the wire, so not while it waits behind others. When it is
     * over the operation is cancelled as by {@link #cancel()}: if the server answers with 57014 within
     * {@link ConnectOptions#cancelGrace()}, the operation fails with {@link OperationTimedOutException} and the session
     * goes on; if it does not answer, the session ends. A success or another error that comes in that time counts.
     *
     * @param limit the limit; zero for none
     * @throws IllegalArgumentException if it is negative
     */
    Session within(Duration limit);

    /**
     * Listens to a channel: LISTEN is sent for its first consumer, and each notification is given to all of them in the
     * order in which they came, on the session's event loop, behind {@code pgNotification}. What comes before the returned
     * future is done counts too.
     *
     * <p>The name is quoted, so it means exactly what it says: {@code Jobs} and {@code jobs} are two channels. Inside a
     * transaction block LISTEN takes effect when that commits, and is undone with it. A consumer that throws is reported
     * to the client's log; the others are called all the same.
     *
     * <p>{@code DISCARD ALL} makes the server forget every LISTEN; this session then forgets its consumers too and does
     * not listen again by itself. An UNLISTEN that is sent as SQL goes unnoticed: use {@link #unlisten}.
     *
     * @param channel its name: 1 to 63 bytes of UTF-8, because the server would cut a longer one
     * @param consumer who hears of it
     * @return the consumer's hold on the channel, when the server listens
     * @throws IllegalArgumentException if the server would not take the name as it is
     */
    CompletableFuture<Listening> listen(String channel, Consumer<? super Notification> consumer);

    /**
     * Ends what {@link #listen} began, for all consumers of a channel, and sends UNLISTEN in any case.
     *
     * @param channel its name
     * @return completes when the server has answered
     * @throws IllegalArgumentException if the server would not take the name as it is
     */
    CompletableFuture<Void> unlisten(String channel);

    /**
     * Notifies those who listen to a channel, this session included, when the transaction commits.
     *
     * @param channel its name: 1 to 63 bytes of UTF-8
     * @param payload what to tell them, less than 8000 bytes; empty for nothing
     * @return completes when the server has answered
     * @throws IllegalArgumentException if the server would not take the name as it is, or the payload holds a NUL
     */
    CompletableFuture<Void> notify(String channel, String payload);

    /**
     * Returns the channels that the server listens to for this session by {@link #listen}; once the session is over, those
     * of its end, of which notifications may have been missed since.
     */
    Set<String> channels();

    /**
     * Calls a function by its OID, without SQL. The manual calls this part of the protocol a legacy: a parameterized query
     * does the same. It is here for those who have it, such as code for large objects.
     *
     * @param oid the function's OID, from {@code pg_proc}
     * @param arguments their values; the types are the function's own, whatever {@link Parameter#typeOid} says
     * @param binaryResult whether the result is asked for in binary format; otherwise in text
     * @return its result
     */
    CompletableFuture<FunctionResult> callFunction(int oid, List<Parameter> arguments, boolean binaryResult);

    /**
     * Completes when the session is ready.
     *
     * @return this session at its first ReadyForQuery; or {@link ConnectFailedException}, or
     *     {@link SessionClosedException} if it was closed before
     */
    CompletableFuture<Session> ready();

    /**
     * Completes when the session is over, never exceptionally.
     *
     * @return why it is over
     */
    CompletableFuture<ShutdownReason> ended();

    /** Returns why the session is over; empty while it is not. */
    Optional<ShutdownReason> shutdownReason();

    /**
     * Returns what the server last reported of itself, such as {@code server_version} and {@code TimeZone}.
     *
     * @return an unmodifiable copy; names in the order in which they were first reported
     */
    Map<String, String> parameters();

    /** Returns the id of the backend process; empty if the server (or a pooler) told none. */
    Optional<Integer> processId();

    /**
     * Returns the ways to servers that were tried and given up, in order: with several hosts, or several addresses of
     * one. The last is the reason of {@code pgSessionConnectionFailed}.
     *
     * @return an unmodifiable list; empty if the first attempt led to a session
     */
    List<ConnectionAttempt> attempts();

    /** Returns the status that the last ReadyForQuery told; empty before the first. */
    Optional<TransactionStatus> transactionStatus();

    /**
     * Puts a note into the session's recording; nothing happens if it is not recorded.
     *
     * @param note the note
     */
    void mark(String note);

    /**
     * Closes the session without waiting: operations that are not done fail with {@link SessionClosedException},
     * Terminate is sent, {@code pgSessionShutdown} is called. Closing twice is legal and does nothing.
     */
    @Override
    void close();
}
