package org.pgreel.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Parameter;
import org.pgreel.client.PgException;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.client.Session;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * What our client says in the demo: queries, an error, a transaction, NOTIFY, COPY by simple query, both ways.
 *
 * <p>It is run twice, against the database and against the replay, and does not know which.
 */
final class DemoConversation {

    /** Far more than any answer here takes; a run that hangs is reported and not waited for. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final SeenByClient seen = new SeenByClient();

    private DemoConversation() {}

    /**
     * Runs the conversation over a new session.
     *
     * @param client the client that opens the session
     * @param options where and how it connects
     * @return all that the client was told
     * @throws ExecutionException if the login or the end failed
     * @throws TimeoutException if an answer did not come in time
     */
    static List<String> run(PgClient client, ConnectOptions options)
            throws ExecutionException, TimeoutException, InterruptedException {
        return new DemoConversation().talk(client, options);
    }

    private List<String> talk(PgClient client, ConnectOptions options)
            throws ExecutionException, TimeoutException, InterruptedException {
        Session session = client.connect(options, seen);
        await(session.ready());
        told(awaitStatus());
        queries(session);
        transaction(session);
        notification(session);
        copy(session);
        session.close();
        seen.add("ended: " + await(session.ended()).sentence());
        return seen.lines();
    }

    private void queries(Session session) throws ExecutionException, TimeoutException, InterruptedException {
        simple(session, "create temporary table orders (id int primary key, total numeric(9,2), note text)");
        simple(
                session,
                "insert into orders values (1, 19.90, 'first'), (2, 5.00, null); select * from orders order by id");
        String parameterised = "select id, note from orders where total > $1 or note = $2 order by id";
        List<Parameter> parameters = List.of(Parameter.text("10"), Parameter.text("grüße"));
        told(parameterised, () -> session.query(parameterised, parameters));
        simple(session, "select * from no_such_table");
        simple(session, "set application_name to 'pgreel demo'");
        simple(session, "do $$ begin raise notice 'the recorder is listening'; end $$");
    }

    private void transaction(Session session) throws ExecutionException, TimeoutException, InterruptedException {
        simple(session, "begin");
        simple(session, "update orders set total = total + 1 where id = 1");
        simple(session, "insert into orders values (1, 0, 'a duplicate key')");
        simple(session, "select 'nothing runs in a failed transaction'");
        simple(session, "rollback");
    }

    private void notification(Session session) throws ExecutionException, TimeoutException, InterruptedException {
        simple(session, "listen orders");
        simple(session, "notify orders, 'order 2 was paid'");
    }

    private void copy(Session session) throws ExecutionException, TimeoutException, InterruptedException {
        byte[] rows = "3\t7.25\tcopied in\n4\t0.99\t\\N\n".getBytes(StandardCharsets.UTF_8);
        told("copy orders from stdin", () -> session.copyIn("copy orders from stdin", rows));
        simple(session, "copy (select * from orders order by id) to stdout");
    }

    private void simple(Session session, String sql) throws ExecutionException, TimeoutException, InterruptedException {
        seen.add("> " + sql);
        answered(session.query(sql), results -> results.forEach(this::result));
    }

    private void told(String what, Supplier<CompletableFuture<QueryResult>> question)
            throws ExecutionException, TimeoutException, InterruptedException {
        seen.add("> " + what);
        answered(question.get(), this::result);
    }

    /** Waits for the answer and for the transaction status behind it, and writes both down. */
    private <T> void answered(CompletableFuture<T> answer, Consumer<T> write)
            throws ExecutionException, TimeoutException, InterruptedException {
        Runnable outcome = outcome(answer, write);
        TransactionStatus status = awaitStatus();
        outcome.run();
        told(status);
    }

    /** Returns what writes the answer down once its transaction status is there. */
    private <T> Runnable outcome(CompletableFuture<T> answer, Consumer<T> write)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            T results = await(answer);
            return () -> write.accept(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PgException known) {
                return () -> seen.add("< failed: " + known.getMessage());
            }
            throw e;
        }
    }

    private void told(TransactionStatus status) {
        seen.add("@ transaction status " + status.indicator());
    }

    private TransactionStatus awaitStatus() throws TimeoutException, InterruptedException {
        TransactionStatus status = seen.awaitStatus(ANSWER_MAX);
        if (status == null) {
            throw new TimeoutException("no transaction status came within " + ANSWER_MAX.toSeconds() + " s");
        }
        return status;
    }

    private void result(QueryResult result) {
        for (Row row : result) {
            var line = new StringBuilder("< row");
            for (int column = 0; column < row.count(); column++) {
                line.append(' ').append(row.isNull(column) ? "null" : row.text(column));
            }
            seen.add(line.toString());
        }
        result.copiedText().lines().forEach(line -> seen.add("< data " + line));
        seen.add("< " + result.commandTag());
    }

    private static <T> T await(CompletableFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
}
