package org.pgreel.session;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
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
import org.pgreel.client.Transactions;
import org.pgreel.client.TypeLookup;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.DatabaseTypes;
import org.pgreel.type.TypeRegistry;

/**
 * The application's end of a {@link ClientSession}: takes calls from any thread to the session's owner, and answers from
 * what the owner last published.
 */
final class LiveSession implements Session, Ownership {

    private final ClientSession core;
    private final Effects effects;
    private final Transactions transactions;
    private final SessionFacts facts;
    private final @Nullable Duration limit;

    LiveSession(ClientSession core, Effects effects, TypeRegistry types) {
        this.core = core;
        this.effects = effects;
        this.transactions = new Transactions(this);
        this.facts = new SessionFacts(types);
        this.limit = null;
    }

    /** A view of the session whose operations have that limit. */
    private LiveSession(LiveSession same, Duration limit) {
        this.core = same.core;
        this.effects = same.effects;
        this.transactions = same.transactions;
        this.facts = same.facts;
        this.limit = limit;
    }

    @Override
    public Session within(Duration operationLimit) {
        if (operationLimit.isNegative()) {
            throw new IllegalArgumentException("a time limit is " + operationLimit + "; it must not be negative");
        }
        return new LiveSession(this, operationLimit);
    }

    @Override
    public CompletableFuture<CancelOutcome> cancel() {
        CompletableFuture<CancelOutcome> outcome = new CompletableFuture<>();
        onOwner(() -> core.cancel(outcome));
        return outcome;
    }

    @Override
    public void cancelUnawaited(@Nullable CompletableFuture<?> answer) {
        onOwner(() -> core.asked(() -> core.parts().operations().unawaited(answer)));
    }

    @Override
    public CompletableFuture<QueryResults> query(String sql) {
        return submit(new SimpleQueryOperation(Sendable.text(sql)));
    }

    @Override
    public CompletableFuture<QueryResults> query(String sql, RowReceiver receiver) {
        return submit(new SimpleQueryOperation(Sendable.text(sql), deliveryTo(receiver)));
    }

    @Override
    public CompletableFuture<QueryResult> query(ParameterizedQuery query) {
        return submit(new ParameterizedQueryOperation(query, null, core.statements()));
    }

    @Override
    public CompletableFuture<QueryResult> query(ParameterizedQuery query, RowReceiver receiver) {
        return submit(new ParameterizedQueryOperation(query, deliveryTo(receiver), core.statements()));
    }

    private RowDelivery deliveryTo(RowReceiver receiver) {
        return new RowDelivery(Objects.requireNonNull(receiver, "receiver"), this);
    }

    @Override
    public CompletableFuture<QueryResult> execute(NamedQuery query, RowReceiver receiver) {
        return submit(new NamedQueryOperation(query, deliveryTo(receiver), core.statements()));
    }

    @Override
    public RowStream stream(ExtendedQuery query, int window, RowReceiver receiver) {
        RowDelivery rows = deliveryTo(receiver);
        StreamOperation operation = new StreamOperation(query, Sendable.window(window), rows, core.statements());
        submitted(operation);
        return new LiveRowStream(this, operation, rows);
    }

    @Override
    public Flow.Publisher<Row> stream(ExtendedQuery query, int window) {
        Sendable.window(window);
        ExecutionOperation.refuseUnsendable(query);
        return subscriber -> {
            Flow.Subscriber<? super Row> to = Sendable.subscriber(subscriber);
            new RowPublication(this, rows -> new StreamOperation(query, window, rows, core.statements()), to).begin();
        };
    }

    @Override
    public CompletableFuture<QueryResult> copyIn(String sql, byte[] data) {
        CopyInOperation operation = new CopyInOperation(Sendable.text(sql));
        operation.give(new CopyInOperation.Piece(Bytes.wrap(data), new CompletableFuture<>()));
        operation.finish();
        return submit(operation);
    }

    @Override
    public CopyIn copyIn(String sql) {
        CopyInOperation operation = new CopyInOperation(Sendable.text(sql));
        submitted(operation);
        return new LiveCopyIn(this, operation);
    }

    @Override
    public CopyOut copyOut(String sql, CopyReceiver receiver) {
        CopyDelivery data = new CopyDelivery(Objects.requireNonNull(receiver, "receiver"), this);
        CopyOutOperation operation = new CopyOutOperation(Sendable.text(sql), data);
        submitted(operation);
        return new LiveCopyOut(operation, data);
    }

    @Override
    public Flow.Publisher<Bytes> copyOut(String sql) {
        Sendable.text(sql);
        return subscriber -> new CopyPublication(this, sql, Sendable.subscriber(subscriber)).begin();
    }

    @Override
    public CompletableFuture<Transaction> begin(TransactionOptions options) {
        return transactions.begin(this, options);
    }

    @Override
    public CompletableFuture<Listening> listen(String channel, Consumer<? super Notification> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        CompletableFuture<Listening> listening = new CompletableFuture<>();
        Consumption consumption = new Consumption(Channels.requireName(channel), consumer, this::closed);
        onOwner(() -> core.parts().channels().listen(consumption, this::submittedByOwner, listening));
        return listening;
    }

    private void closed(Consumption consumption) {
        onOwner(() -> core.parts().channels().close(consumption, this::submittedByOwner));
    }

    @Override
    public CompletableFuture<Void> unlisten(String channel) {
        SimpleQueryOperation unlisten = Channels.unlistening(Channels.requireName(channel));
        onOwner(() -> {
            core.parts().channels().forget(channel);
            submittedByOwner(unlisten);
        });
        return unlisten.future().thenApply(done -> null);
    }

    @Override
    public CompletableFuture<Void> notify(String channel, String payload) {
        List<Parameter> parameters =
                List.of(Parameter.text(Channels.requireName(channel)), Parameter.text(Sendable.payload(payload)));
        return query("SELECT pg_notify($1, $2)", parameters).thenApply(done -> null);
    }

    @Override
    public Set<String> channels() {
        return facts.channels;
    }

    @Override
    public CompletableFuture<FunctionResult> callFunction(int oid, List<Parameter> arguments, boolean binaryResult) {
        return submit(new FunctionCallOperation(oid, arguments, binaryResult));
    }

    /** An operation is submitted by the session's owner. */
    private void submittedByOwner(Operation<?> operation) {
        operation.limit(limit);
        core.submitted(operation);
    }

    SessionFacts facts() {
        return facts;
    }

    @Override
    public CompletableFuture<StatementDescription> prepare(String name, String sql, List<Integer> parameterTypes) {
        return submit(new PrepareOperation(Sendable.name(name), Sendable.text(sql), parameterTypes, core.statements()));
    }

    @Override
    public CompletableFuture<QueryResult> execute(NamedQuery query) {
        return submit(new NamedQueryOperation(query, null, core.statements()));
    }

    @Override
    public CompletableFuture<Void> closeStatement(String name) {
        return submit(new CloseStatementOperation(Sendable.name(name), core.statements()));
    }

    @Override
    public CompletableFuture<List<PipelineOutcome>> pipeline(
            List<? extends ExtendedQuery> queries, PipelineSync sync, PipelineReceiver receiver) {
        return submit(PipelineOperation.of(queries, sync, receiver, core.statements(), effects));
    }

    @Override
    public CompletableFuture<BatchResult> execute(StatementBatch batch) {
        return submit(new BatchOperation(batch, core.statements()));
    }

    private <R> CompletableFuture<R> submit(Operation<R> operation) {
        submitted(operation);
        return operation.future();
    }

    @Override
    public void submitted(Operation<?> operation) {
        operation.limit(limit);
        if (effects.ownedByCurrentThread()) {
            core.submitted(operation);
        } else {
            effects.execute(() -> core.submitted(operation));
        }
    }

    @Override
    public void change(Runnable change) {
        onOwner(() -> {
            change.run();
            core.asked(() -> {});
        });
    }

    @Override
    public void behind(Runnable step) {
        onOwner(() -> {
            if (isOver()) {
                step.run();
            } else {
                core.asked(step);
            }
        });
    }

    @Override
    public boolean isOver() {
        return facts.shutdownReason != null;
    }

    @Override
    public CompletableFuture<Session> ready() {
        return limit == null ? facts.ready.copy() : facts.ready.thenApply(same -> this);
    }

    @Override
    public CompletableFuture<ShutdownReason> ended() {
        return facts.ended.copy();
    }

    @Override
    public Optional<ShutdownReason> shutdownReason() {
        return Optional.ofNullable(facts.shutdownReason);
    }

    @Override
    public Map<String, String> parameters() {
        return facts.parameters();
    }

    @Override
    public List<ConnectionAttempt> attempts() {
        return facts.attempts;
    }

    @Override
    public Optional<Integer> processId() {
        return Optional.ofNullable(facts.processId);
    }

    @Override
    public Optional<TransactionStatus> transactionStatus() {
        return Optional.ofNullable(facts.transactionStatus);
    }

    @Override
    public TypeRegistry types() {
        return facts.types.now();
    }

    @Override
    public CompletableFuture<TypeRegistry> lookUpTypes(Collection<String> names) {
        DatabaseTypes known = facts.types;
        List<String> unknown =
                names.stream().distinct().filter(name -> !known.knows(name)).toList();
        return unknown.isEmpty()
                ? CompletableFuture.completedFuture(known.now())
                : TypeLookup.byName(this, known.now(), unknown).thenApply(found -> facts.types.learn(found, unknown));
    }

    @Override
    public CompletableFuture<TypeRegistry> lookUpTypesOf(QueryResult result) {
        return TypeLookup.ofColumns(this, types(), result).thenApply(found -> facts.types.learn(found, List.of()));
    }

    @Override
    public void forgetTypes() {
        facts.types.forget();
    }

    @Override
    public void mark(String note) {
        onOwner(() -> core.marked(note));
    }

    @Override
    public void close() {
        onOwner(core::close);
    }

    private void onOwner(Runnable task) {
        if (effects.ownedByCurrentThread()) {
            task.run();
        } else {
            effects.execute(task);
        }
    }

    @Override
    public String toString() {
        Integer process = facts.processId;
        ShutdownReason reason = facts.shutdownReason;
        return "session" + (process == null ? "" : " with backend " + process)
                + (reason == null ? "" : ", over: " + reason.sentence());
    }
}
