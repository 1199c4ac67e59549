package org.pgreel.replay.server;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgreel.postgres.PostgresServer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Programs on pgjdbc that return what they saw, line by line. */
final class JdbcPrograms {
    private static final int WAIT_SECONDS = 30;

    private JdbcPrograms() {}

    static Connection connect(RecordedRun.Target target, String sslmode) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        properties.setProperty("sslmode", sslmode);
        properties.setProperty("channelBinding", sslmode.equals("require") ? "require" : "prefer");
        properties.setProperty("connectTimeout", "20");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(target.jdbcUrl(), properties);
    }

    /** Simple and prepared statements, a cursor, a batch, an error, a transaction, COPY both ways and a notification. */
    static List<String> everything(RecordedRun.Target target, String sslmode) throws Exception {
        var seen = new ArrayList<String>();
        try (Connection connection = connect(target, sslmode)) {
            seen.add(connection.getMetaData().getDatabaseProductVersion());
            try (Statement statement = connection.createStatement()) {
                statement.execute("create temporary table t (id int primary key, name text)");
                statement.execute("listen news");
                statement.execute("notify news, 'from myself'");
            }
            insert(connection);
            prepared(connection, seen);
            cursor(connection, seen);
            error(connection, seen);
            copy(connection, seen);
            for (PGNotification news : connection.unwrap(PGConnection.class).getNotifications()) {
                seen.add(news.getPID() + " " + news.getName() + " " + news.getParameter());
            }
        }
        return seen;
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
            for (int i = 0; i < 100; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 7 == 0 ? null : "name " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** From its fifth use on the driver names the statement, and reads binary. */
    private static void prepared(Connection connection, List<String> seen) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id * 2, name from t where id = ?")) {
            for (int i = 0; i < 12; i++) {
                select.setInt(1, i);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        seen.add(rows.getInt(1) + " " + rows.getString(2));
                    }
                }
            }
        }
    }

    private static void cursor(Connection connection, List<String> seen) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement select = connection.prepareStatement("select id from t order by id")) {
            select.setFetchSize(9);
            try (ResultSet rows = select.executeQuery()) {
                long sum = 0;
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
                seen.add("sum " + sum);
            }
        }
        connection.commit();
    }

    private static void error(Connection connection, List<String> seen) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into t values (5, 'again')");
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static void copy(Connection connection, List<String> seen) throws Exception {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        seen.add("copied in " + copies.copyIn("copy t from stdin", new StringReader("1000\tcopied\n1001\t\\N\n")));
        var out = new ByteArrayOutputStream();
        seen.add("copied out " + copies.copyOut("copy (select * from t where id > 90 order by id) to stdout", out));
        seen.add(out.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A statement that is cancelled while it runs. */
    static List<String> cancel(RecordedRun.Target target) throws Exception {
        var seen = new ArrayList<String>();
        try (Connection connection = connect(target, "disable");
                Statement statement = connection.createStatement()) {
            var outcome = CompletableFuture.supplyAsync(() -> outcome(statement, "select pg_sleep(100)"));
            awaitSleeping(target.server());
            seen.add(cancelUntilDone(statement, outcome));
            seen.add(outcome(statement, "select 1"));
        }
        return seen;
    }

    private static String outcome(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return "done";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    /** The driver cancels nothing until it has begun to send the statement, so it may have to be told again. */
    private static String cancelUntilDone(Statement statement, CompletableFuture<String> outcome) throws Exception {
        for (int i = 0; i < 10 * WAIT_SECONDS; i++) {
            statement.cancel();
            try {
                return outcome.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                // Told again.
            }
        }
        throw new AssertionError("The statement never ended");
    }

    private static void awaitSleeping(Optional<PostgresServer> server) throws SQLException {
        if (server.isEmpty()) {
            return;
        }
        var direct = new RecordedRun.Target(
                server.get().port(), server.get().user(), server.get().password(), Optional.empty());
        try (Connection connection = connect(direct, "disable");
                Statement statement = connection.createStatement()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            boolean sleeping = false;
            while (!sleeping) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("The statement never began");
                }
                try (ResultSet rows =
                        statement.executeQuery("select 1 from pg_stat_activity where wait_event = 'PgSleep'")) {
                    sleeping = rows.next();
                }
            }
        }
    }

    /** One connection listens, another notifies it. */
    static List<String> notifyEachOther(RecordedRun.Target target) throws Exception {
        var seen = new ArrayList<String>();
        try (Connection listener = connect(target, "disable");
                Connection notifier = connect(target, "disable");
                Statement listen = listener.createStatement();
                Statement notify = notifier.createStatement()) {
            listen.execute("listen news");
            for (String text : List.of("first", "second")) {
                notify.execute("notify news, '" + text + "'");
                PGNotification[] news = listener.unwrap(PGConnection.class).getNotifications(1000 * WAIT_SECONDS);
                for (PGNotification one : news) {
                    seen.add(one.getPID() + " " + one.getName() + " " + one.getParameter());
                }
            }
        }
        return seen;
    }

    /** Two connections that work at the same time. */
    static List<String> inParallel(RecordedRun.Target target) throws Exception {
        try (Connection first = connect(target, "disable");
                Connection second = connect(target, "disable")) {
            var together = new CyclicBarrier(2);
            // Threads of their own: the common pool has only one on a machine with two processors.
            var threads = Executors.newFixedThreadPool(2);
            try {
                var odd = CompletableFuture.supplyAsync(() -> count(first, together, 1), threads);
                var even = CompletableFuture.supplyAsync(() -> count(second, together, 2), threads);
                return List.of(get(odd), get(even));
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static String get(CompletableFuture<String> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private static String count(Connection connection, CyclicBarrier together, int factor) {
        try (PreparedStatement select = connection.prepareStatement("select n * ? from generate_series(1, 50) n")) {
            long sum = 0;
            for (int i = 0; i < 20; i++) {
                together.await(WAIT_SECONDS, TimeUnit.SECONDS);
                select.setInt(1, factor * i);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sum += rows.getInt(1);
                    }
                }
            }
            return "sum " + sum;
        } catch (Exception e) {
            return String.valueOf(e);
        }
    }
}
