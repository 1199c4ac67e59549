package org.pgreel.replay.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The shop on vertx-pg-client: a pool of four, four workers at once, a batch (it has no COPY), notifications, an error. */
final class VertxShop {
    private static final int WAIT_SECONDS = 20;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final boolean changed;

    private VertxShop(boolean changed) {
        this.changed = changed;
    }

    static String run(RecordedRun.Target target, boolean changed) throws Exception {
        return new VertxShop(changed).run(target);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private String run(RecordedRun.Target target) throws Exception {
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(target.port())
                .setDatabase("postgres")
                .setUser(target.user())
                .setPassword(target.password())
                .setCachePreparedStatements(true);
        Vertx vertx = Vertx.vertx();
        Pool pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(4));
        try {
            PgConnection listener = await(PgConnection.connect(vertx, options));
            listener.notificationHandler(one -> news.add(one.getChannel() + " " + one.getPayload()));
            begin(listener);
            List<Future<Void>> workers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                workers.add(worker(pool, w));
            }
            for (Future<Void> worker : workers) {
                await(worker);
            }
            List<String> heard = new ArrayList<>();
            while (heard.size() < 4) {
                heard.add(String.valueOf(news.poll(WAIT_SECONDS, TimeUnit.SECONDS)));
            }
            String accounts = accounts(listener);
            await(listener.close());
            return ShopAccounts.report(new ArrayList<>(lines), heard, accounts);
        } finally {
            await(pool.close());
            await(vertx.close());
        }
    }

    private static void begin(PgConnection listener) throws Exception {
        await(listener.query("create table account (id int primary key, name text, balance numeric(10, 2))")
                .execute());
        List<Tuple> batch = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            batch.add(Tuple.of(i, "name-" + i, new BigDecimal("100.00")));
        }
        await(listener.preparedQuery("insert into account values ($1, $2, $3)").executeBatch(batch));
        await(listener.query("listen news").execute());
    }

    private static String accounts(PgConnection listener) throws Exception {
        var text = new StringBuilder();
        for (Row row : await(listener.query("select * from account order by id").execute())) {
            text.append(row.getInteger(0) + "\t" + row.getString(1) + "\t" + row.getBigDecimal(2) + "\n");
        }
        return text.toString();
    }

    private Future<Void> worker(Pool pool, int w) {
        Future<Void> done = Future.succeededFuture();
        for (int i = 10 * w; i < 10 * w + 10; i++) {
            int id = i;
            done = done.compose(v -> read(pool, id))
                    .onSuccess(
                            row -> lines.add(w + " read " + id + " " + row.getString(0) + " " + row.getBigDecimal(1)))
                    .mapEmpty();
        }
        done = done.compose(v -> pay(pool, w)).compose(v -> again(pool, w));
        for (int i = 10 * w; i < 10 * w + 2; i++) {
            int id = i;
            done = done.compose(v -> read(pool, id))
                    .onSuccess(row -> lines.add(w + " has " + id + " " + row.getBigDecimal(1)))
                    .mapEmpty();
        }
        return done.compose(v -> pool.preparedQuery("select pg_notify($1, $2)")
                        .execute(Tuple.of("news", "worker " + w + " done")))
                .mapEmpty();
    }

    private static Future<Row> read(Pool pool, int id) {
        return pool.preparedQuery("select name, balance from account where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next());
    }

    private Future<Void> pay(Pool pool, int w) {
        BigDecimal amount = new BigDecimal(changed && w == 2 ? "3.50" : "2.50");
        Future<Void> paid = pool.withTransaction(connection -> update(connection, amount.negate(), 10 * w)
                .compose(v -> update(connection, new BigDecimal("2.50"), 10 * w + 1)));
        return paid.onSuccess(v -> lines.add(w + " paid")).recover(e -> {
            lines.add(w + " failed " + ((PgException) e).getSqlState());
            return Future.succeededFuture();
        });
    }

    private static Future<Void> update(SqlConnection connection, BigDecimal amount, int id) {
        return connection
                .preparedQuery("update account set balance = balance + $1 where id = $2")
                .execute(Tuple.of(amount, id))
                .mapEmpty();
    }

    private Future<Void> again(Pool pool, int w) {
        Future<Void> inserted = pool.withTransaction(connection -> connection
                .preparedQuery("insert into account values ($1, $2, $3)")
                .execute(Tuple.of(10 * w, "again", BigDecimal.ZERO))
                .mapEmpty());
        return inserted.recover(e -> {
            lines.add(w + " error " + ((PgException) e).getSqlState());
            return Future.succeededFuture();
        });
    }
}
