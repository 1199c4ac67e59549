package org.pgreel.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.Transactions;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * The application's end of a {@link ClientSession}: takes calls from any thread to the session's owner, and answers from
 * what the owner last published.
 */
final class LiveSession implements Session {

    private final ClientSession core;
    private final Effects effects;
    private final Transactions transactions = new Transactions(this);
    private final CompletableFuture<Session> ready = new CompletableFuture<>();
    private final CompletableFuture<ShutdownReason> ended = new CompletableFuture<>();
    private volatile Map<String, String> parameters = Map.of();
    private volatile @Nullable TransactionStatus transactionStatus;
    private volatile @Nullable Integer processId;
    private volatile @Nullable ShutdownReason shutdownReason;

    LiveSession(ClientSession core, Effects effects) {
        this.core = core;
        this.effects = effects;
    }

    @Override
    public CompletableFuture<QueryResults> query(String sql) {
        return submit(new SimpleQueryOperation(requireText(sql)));
    }

    @Override
    public CompletableFuture<QueryResult> query(ParameterizedQuery query) {
        return submit(new ParameterizedQueryOperation(query));
    }

    @Override
    public CompletableFuture<QueryResult> copyIn(String sql, byte[] data) {
        return submit(new CopyInOperation(requireText(sql), Objects.requireNonNull(data, "data")));
    }

    @Override
    public CompletableFuture<Transaction> begin(TransactionOptions options) {
        return transactions.begin(options);
    }

    private <R> CompletableFuture<R> submit(Operation<R> operation) {
        onOwner(() -> core.submitted(operation));
        return operation.future();
    }

    private static String requireText(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the SQL text holds a NUL, which ends a string on the wire");
        }
        return sql;
    }

    @Override
    public CompletableFuture<Session> ready() {
        return ready.copy();
    }

    @Override
    public CompletableFuture<ShutdownReason> ended() {
        return ended.copy();
    }

    @Override
    public Optional<ShutdownReason> shutdownReason() {
        return Optional.ofNullable(shutdownReason);
    }

    @Override
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public Optional<Integer> processId() {
        return Optional.ofNullable(processId);
    }

    @Override
    public Optional<TransactionStatus> transactionStatus() {
        return Optional.ofNullable(transactionStatus);
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

    void reported(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(parameters);
        next.put(name, value);
        parameters = Collections.unmodifiableMap(next);
    }

    void reported(TransactionStatus status) {
        transactionStatus = status;
    }

    void servedBy(int process) {
        processId = process;
    }

    CompletableFuture<Session> readiness() {
        return ready;
    }

    /** The reason is published before anyone hears of the end. */
    void over(ShutdownReason reason) {
        shutdownReason = reason;
    }

    CompletableFuture<ShutdownReason> end() {
        return ended;
    }

    @Override
    public String toString() {
        Integer process = processId;
        ShutdownReason reason = shutdownReason;
        return "session" + (process == null ? "" : " with backend " + process)
                + (reason == null ? "" : ", over: " + reason.sentence());
    }
}
