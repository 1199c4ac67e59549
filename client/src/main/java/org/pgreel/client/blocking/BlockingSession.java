package org.pgreel.client.blocking;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.pgreel.client.BatchResult;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.Row;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.Session;
import org.pgreel.client.StatementBatch;
import org.pgreel.client.StatementDescription;
import org.pgreel.client.TransactionOptions;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.TypeRegistry;

/**
 * A session whose calls wait for their answers, for code that is written as one step after the other: on virtual threads, or
 * on threads of one's own. It is a face, not another session: {@link #session()} may be used beside it.
 *
 * <p>A failure is the same {@link org.pgreel.client.PgException} that the future would have brought. A thread that is
 * interrupted while it waits has a cancel sent, and gets {@link org.pgreel.client.OperationInterruptedException}. A call on
 * an event loop is refused with IllegalStateException. No lock is held while a call waits. Thread-safe.
 */
public final class BlockingSession implements AutoCloseable {
    private static final int ROWS_AT_A_TIME = 1000;
    /** A piece is a row as a rule. */
    private static final int PIECES_AT_A_TIME = 256;

    private final Session session;

    private BlockingSession(Session session) {
        this.session = session;
    }

    /**
     * Returns the blocking face of a session.
     *
     * @param session the session, which need not be ready
     */
    public static BlockingSession of(Session session) {
        return new BlockingSession(session);
    }

    /** Returns the session behind it. */
    public Session session() {
        return session;
    }

    /**
     * Waits until the session is ready.
     *
     * @return this session
     * @throws org.pgreel.client.ConnectFailedException if it never gets ready
     */
    public BlockingSession ready() {
        Answers.await(session.ready(), ServerEffect.NONE, () -> {});
        return this;
    }

    /**
     * Returns a view whose operations have a time limit; see {@link Session#within}.
     *
     * @param limit the limit; zero for none
     */
    public BlockingSession within(Duration limit) {
        return new BlockingSession(session.within(limit));
    }

    /**
     * Runs SQL by the simple query protocol; see {@link Session#query(String)}.
     *
     * @param sql the statements
     * @return one result a statement
     */
    public QueryResults query(String sql) {
        return await(() -> session.query(sql));
    }

    /**
     * Runs one statement with parameters; see {@link Session#query(ParameterizedQuery)}.
     *
     * @param query the statement, its parameters and the format of its results
     * @return its result
     */
    public QueryResult query(ParameterizedQuery query) {
        return await(() -> session.query(query));
    }

    /**
     * Runs one statement with parameters; results come as text.
     *
     * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
     * @param parameters their values in order
     * @return its result
     */
    public QueryResult query(String sql, List<Parameter> parameters) {
        return query(ParameterizedQuery.of(sql, parameters));
    }

    /** Returns the types that the session's rows know now. */
    public TypeRegistry types() {
        return session.types();
    }

    /**
     * Looks types up by name, for all sessions of the same options; see {@link Session#lookUpTypes}.
     *
     * @param names the types' names as SQL spells them
     * @return the types that are known then
     */
    public TypeRegistry lookUpTypes(List<String> names) {
        return await(() -> session.lookUpTypes(names));
    }

    /**
     * Prepares a statement under a name; see {@link Session#prepare(String, String)}.
     *
     * @param name its name
     * @param sql one statement
     * @return what the server tells of it
     */
    public StatementDescription prepare(String name, String sql) {
        return await(() -> session.prepare(name, sql));
    }

    /**
     * Executes a prepared statement; see {@link Session#execute(NamedQuery)}.
     *
     * @param query the statement's name, the values of its parameters and the format of its results
     * @return its result
     */
    public QueryResult execute(NamedQuery query) {
        return await(() -> session.execute(query));
    }

    /**
     * Closes a prepared statement.
     *
     * @param name its name
     */
    public void closeStatement(String name) {
        await(() -> session.closeStatement(name));
    }

    /**
     * Runs statements without waiting between them; see {@link Session#pipeline(List, PipelineSync)}.
     *
     * @param queries the statements
     * @param sync whether each stands for itself
     * @return how each came out, in order
     */
    public List<PipelineOutcome> pipeline(List<? extends ExtendedQuery> queries, PipelineSync sync) {
        return await(() -> session.pipeline(queries, sync));
    }

    /**
     * Executes a statement once for each row of a batch; see {@link Session#execute(StatementBatch)}.
     *
     * @param batch the statement and its rows
     * @return how many rows each touched
     */
    public BatchResult execute(StatementBatch batch) {
        return await(() -> session.execute(batch));
    }

    /**
     * Notifies those who listen to a channel; see {@link Session#notify(String, String)}. Whoever listens hears it on the
     * session's event loop, also while this thread waits: {@link Session#listen}.
     *
     * @param channel its name
     * @param payload what to tell them
     */
    public void notify(String channel, String payload) {
        await(() -> session.notify(channel, payload));
    }

    /**
     * Runs {@code COPY … FROM STDIN} with data that is there already; see {@link Session#copyIn}.
     *
     * @param sql the COPY statement, alone
     * @param data what to copy
     * @return its result
     */
    public QueryResult copyIn(String sql, byte[] data) {
        return await(() -> session.copyIn(sql, data));
    }

    /**
     * Runs one statement and gives its rows as they are asked for, so that a result of any size needs little memory: the
     * server is asked for so many at a time. Until the rows are closed, or read to the end, no other operation of the
     * session is sent.
     *
     * @param query the statement, its parameters and the format of its results
     * @param window how many rows are asked for at a time, at least 1
     * @return the rows, which are to be closed
     */
    public BlockingRows rows(ParameterizedQuery query, int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window is " + window + "; it must be at least 1");
        }
        Answers.requireMayWait();
        Inbox<Row> inbox = new Inbox<>(window, this::cancelUnawaited);
        session.stream(query, window).subscribe(inbox);
        return new BlockingRows(inbox);
    }

    /**
     * Runs one statement and gives its rows as they are asked for, a thousand at a time, as text.
     *
     * @param sql the statement, with {@code $1}, {@code $2} … where the parameters go
     * @param parameters their values in order
     * @return the rows, which are to be closed
     */
    public BlockingRows rows(String sql, List<Parameter> parameters) {
        return rows(ParameterizedQuery.of(sql, parameters), ROWS_AT_A_TIME);
    }

    /**
     * Runs {@code COPY … FROM STDIN} with the data of a stream.
     *
     * @param sql the COPY statement, alone
     * @param data read to its end, and not closed
     * @return its result
     * @throws IOException if the stream fails; the COPY is given up then, and has no effect
     */
    public QueryResult copyIn(String sql, InputStream data) throws IOException {
        return copyIn(sql, data::transferTo);
    }

    /**
     * Runs {@code COPY … FROM STDIN} with what is written to a stream. When the writer is done the COPY ends; if it throws
     * the COPY is given up and has no effect, which closing a stream could not tell.
     *
     * @param sql the COPY statement, alone
     * @param writer writes the data, on this thread
     * @return its result
     * @throws IOException if the writer throws it
     */
    public QueryResult copyIn(String sql, CopyWriter writer) throws IOException {
        Answers.requireMayWait();
        return new CopyOutput(this, session.copyIn(sql)).writtenBy(writer);
    }

    /** Writes the data of a COPY. */
    @FunctionalInterface
    public interface CopyWriter {
        /**
         * Writes all of it.
         *
         * @param data takes it; closing it does nothing
         * @throws IOException if there is no more to be had; the COPY is given up then
         */
        void writeTo(OutputStream data) throws IOException;
    }

    /**
     * Runs {@code COPY … TO STDOUT} and gives its data as it is read. Closing the stream before its end has the server
     * cancel the COPY; until it is closed or read to the end no other operation of the session is sent.
     *
     * @param sql the COPY statement, alone
     * @return the data; reading throws the {@link org.pgreel.client.PgException} that ends it
     */
    public InputStream copyOut(String sql) {
        Answers.requireMayWait();
        Inbox<Bytes> inbox = new Inbox<>(PIECES_AT_A_TIME, this::cancelUnawaited);
        session.copyOut(sql).subscribe(inbox);
        return new CopyInput(inbox, this::cancelUnawaited);
    }

    /**
     * Has the server cancel what another thread waits for; see {@link Session#cancel}.
     *
     * @return what became of the request
     */
    public CancelOutcome cancel() {
        return Answers.await(session.cancel(), ServerEffect.NONE, () -> {});
    }

    /**
     * Begins a transaction.
     *
     * @param options what kind
     * @return its handle; closing it rolls back what was not committed
     */
    public BlockingTransaction begin(TransactionOptions options) {
        return new BlockingTransaction(this, await(() -> session.begin(options)));
    }

    /** Begins a transaction of the session's default kind. */
    public BlockingTransaction begin() {
        return begin(TransactionOptions.DEFAULTS);
    }

    /**
     * Runs work in a transaction on this thread, and again as {@link Session#inTransaction} does.
     *
     * @param options what kind of transaction
     * @param work what to do, once for each attempt
     * @param <T> what it gives
     * @return what the work gave, when that is committed
     */
    public <T> T inTransaction(TransactionOptions options, Function<? super BlockingTransaction, ? extends T> work) {
        return new BlockingRetry(RetryPolicy.DEFAULT).run(() -> once(options, work));
    }

    /** Runs work in a transaction of the session's default kind; see the other method of this name. */
    public <T> T inTransaction(Function<? super BlockingTransaction, ? extends T> work) {
        return inTransaction(TransactionOptions.DEFAULTS, work);
    }

    <T> T once(TransactionOptions options, Function<? super BlockingTransaction, ? extends T> work) {
        BlockingTransaction transaction = begin(options);
        T value;
        try {
            value = work.apply(transaction);
        } catch (RuntimeException | Error failure) {
            transaction.rollbackBecauseOf(failure);
            throw failure;
        }
        if (transaction.isOpen()) {
            transaction.commit();
        }
        return value;
    }

    /** An operation of this session that is cancelled if the thread is interrupted. */
    interface Operation<T> {
        CompletableFuture<T> submit();
    }

    <T> T await(Operation<T> operation) {
        // Before it is submitted: a call that is refused has not happened.
        Answers.requireMayWait();
        CompletableFuture<T> answer = operation.submit();
        return Answers.await(answer, ServerEffect.MAY_HAVE_COMMITTED, () -> session.cancelUnawaited(answer));
    }

    private void cancelUnawaited() {
        session.cancelUnawaited(null);
    }

    /** Closes the session, or returns it if a pool lent it. Waits for nothing. */
    @Override
    public void close() {
        session.close();
    }
}
