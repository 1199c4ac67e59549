package org.pgreel.client.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.BatchResult;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectionAttempt;
import org.pgreel.client.CopyIn;
import org.pgreel.client.CopyOut;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.Listening;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Notification;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineReceiver;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Row;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.client.Session;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.StatementBatch;
import org.pgreel.client.StatementDescription;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.TypeRegistry;

/**
 * A session in the hands of one borrower, until it is closed: that returns it, and from then on this handle is refused,
 * whoever has the session.
 */
final class LentSession implements Session {
    private final Loan loan;
    private final Session session;

    LentSession(Loan loan) {
        this.loan = loan;
        this.session = loan.place().session();
    }

    /** A view of the session whose operations have that limit. */
    private LentSession(LentSession same, Duration limit) {
        this.loan = same.loan;
        this.session = same.session.within(limit);
    }

    @Override
    public Session within(Duration limit) {
        return new LentSession(this, limit);
    }

    @Override
    public CompletableFuture<CancelOutcome> cancel() {
        loan.requireOut();
        return session.cancel();
    }

    @Override
    public void cancelUnawaited(@Nullable CompletableFuture<?> answer) {
        loan.requireOut();
        session.cancelUnawaited(answer instanceof LentAnswer<?> lent ? lent.given() : answer);
    }

    @Override
    public CompletableFuture<QueryResults> query(String sql) {
        return loan.submitted(sql, () -> session.query(sql));
    }

    @Override
    public CompletableFuture<QueryResult> query(ParameterizedQuery query) {
        return loan.submitted(query.sql(), () -> session.query(query));
    }

    @Override
    public CompletableFuture<QueryResults> query(String sql, RowReceiver receiver) {
        return loan.submitted(sql, () -> session.query(sql, receiver));
    }

    @Override
    public CompletableFuture<QueryResult> query(ParameterizedQuery query, RowReceiver receiver) {
        return loan.submitted(query.sql(), () -> session.query(query, receiver));
    }

    @Override
    public CompletableFuture<QueryResult> execute(NamedQuery query, RowReceiver receiver) {
        return loan.submitted("", () -> session.execute(query, receiver));
    }

    @Override
    public RowStream stream(ExtendedQuery query, int window, RowReceiver receiver) {
        return begun(sql(query), () -> session.stream(query, window, receiver), RowStream::done);
    }

    @Override
    public Flow.Publisher<Row> stream(ExtendedQuery query, int window) {
        return new LentPublisher<>(loan, sql(query), session.stream(query, window));
    }

    private static String sql(ExtendedQuery query) {
        return query instanceof ParameterizedQuery unnamed ? unnamed.sql() : "";
    }

    @Override
    public CopyIn copyIn(String sql) {
        return begun(sql, () -> session.copyIn(sql), CopyIn::done);
    }

    @Override
    public CopyOut copyOut(String sql, CopyReceiver receiver) {
        return begun(sql, () -> session.copyOut(sql, receiver), CopyOut::done);
    }

    @Override
    public Flow.Publisher<Bytes> copyOut(String sql) {
        return new LentPublisher<>(loan, sql, session.copyOut(sql));
    }

    /** Begins what is under way until its future is done. */
    private <H> H begun(String sql, Supplier<H> begin, Function<H, CompletableFuture<QueryResult>> done) {
        List<H> handle = new ArrayList<>(1);
        CompletableFuture<QueryResult> unused = loan.submitted(sql, () -> {
            H begun = begin.get();
            handle.add(begun);
            return done.apply(begun);
        });
        return handle.get(0);
    }

    @Override
    public CompletableFuture<StatementDescription> prepare(String name, String sql, List<Integer> parameterTypes) {
        return loan.submitted(sql, () -> {
            CompletableFuture<StatementDescription> prepared = session.prepare(name, sql, parameterTypes);
            loan.prepares(name);
            return prepared;
        });
    }

    @Override
    public CompletableFuture<QueryResult> execute(NamedQuery query) {
        return loan.submitted("", () -> session.execute(query));
    }

    @Override
    public CompletableFuture<Void> closeStatement(String name) {
        return loan.submitted("", () -> {
            loan.closesStatement(name);
            return session.closeStatement(name);
        });
    }

    @Override
    public CompletableFuture<List<PipelineOutcome>> pipeline(
            List<? extends ExtendedQuery> queries, PipelineSync sync, PipelineReceiver receiver) {
        String sql = queries.stream()
                .map(query -> query instanceof ParameterizedQuery parameterized ? parameterized.sql() : "")
                .collect(Collectors.joining(";"));
        return loan.submitted(sql, () -> session.pipeline(queries, sync, receiver));
    }

    @Override
    public CompletableFuture<BatchResult> execute(StatementBatch batch) {
        return loan.submitted(batch.sql(), () -> session.execute(batch));
    }

    @Override
    public CompletableFuture<QueryResult> copyIn(String sql, byte[] data) {
        return loan.submitted(sql, () -> session.copyIn(sql, data));
    }

    @Override
    public CompletableFuture<Transaction> begin(TransactionOptions options) {
        loan.requireOut();
        return loan.transactions().begin(this, options);
    }

    @Override
    public CompletableFuture<Listening> listen(String channel, Consumer<? super Notification> consumer) {
        return loan.submitted("LISTEN", () -> session.listen(channel, consumer));
    }

    @Override
    public CompletableFuture<Void> unlisten(String channel) {
        return loan.submitted("UNLISTEN", () -> session.unlisten(channel));
    }

    @Override
    public CompletableFuture<Void> notify(String channel, String payload) {
        return loan.submitted("NOTIFY", () -> session.notify(channel, payload));
    }

    @Override
    public Set<String> channels() {
        return session.channels();
    }

    @Override
    public CompletableFuture<FunctionResult> callFunction(int oid, List<Parameter> arguments, boolean binaryResult) {
        return loan.submitted("", () -> session.callFunction(oid, arguments, binaryResult));
    }

    @Override
    public CompletableFuture<Session> ready() {
        return session.ready().thenApply(ready -> this);
    }

    @Override
    public CompletableFuture<ShutdownReason> ended() {
        return session.ended();
    }

    @Override
    public Optional<ShutdownReason> shutdownReason() {
        return session.shutdownReason();
    }

    @Override
    public Map<String, String> parameters() {
        return session.parameters();
    }

    @Override
    public List<ConnectionAttempt> attempts() {
        return session.attempts();
    }

    @Override
    public Optional<Integer> processId() {
        return session.processId();
    }

    @Override
    public Optional<TransactionStatus> transactionStatus() {
        return session.transactionStatus();
    }

    @Override
    public TypeRegistry types() {
        return session.types();
    }

    @Override
    public CompletableFuture<TypeRegistry> lookUpTypes(Collection<String> names) {
        return loan.submitted("", () -> session.lookUpTypes(names));
    }

    @Override
    public CompletableFuture<TypeRegistry> lookUpTypesOf(QueryResult result) {
        return loan.submitted("", () -> session.lookUpTypesOf(result));
    }

    @Override
    public void forgetTypes() {
        session.forgetTypes();
    }

    @Override
    public void mark(String note) {
        loan.requireOut();
        session.mark(note);
    }

    /** Returns the session to its pool. */
    @Override
    public void close() {
        loan.end();
    }

    @Override
    public String toString() {
        return (loan.isOut() ? "lent " : "returned ") + session;
    }
}
