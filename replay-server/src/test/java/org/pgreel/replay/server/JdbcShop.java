package org.pgreel.replay.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The shop on pgjdbc and HikariCP: a pool of four, four workers at once, COPY, notifications, an error. */
final class JdbcShop {
    private static final int WAIT_SECONDS = 20;

    private final boolean changed;

    private JdbcShop(boolean changed) {
        this.changed = changed;
    }

    static String run(RecordedRun.Target target, boolean changed) throws Exception {
        return new JdbcShop(changed).run(target);
    }

    private String run(RecordedRun.Target target) throws Exception {
        try (Connection listener = JdbcPrograms.connect(target, "disable")) {
            var copies = listener.unwrap(PGConnection.class).getCopyAPI();
            execute(listener, "create table account (id int primary key, name text, balance numeric(10, 2))");
            copies.copyIn("copy account from stdin", new StringReader(ShopAccounts.LINES));
            execute(listener, "listen news");
            List<String> lines = atOnce(target);
            List<String> news = new ArrayList<>();
            while (news.size() < 4) {
                for (PGNotification one : listener.unwrap(PGConnection.class).getNotifications(1000 * WAIT_SECONDS)) {
                    news.add(one.getName() + " " + one.getParameter());
                }
            }
            var out = new ByteArrayOutputStream();
            copies.copyOut("copy (select * from account order by id) to stdout", out);
            return ShopAccounts.report(lines, news, out.toString(StandardCharsets.UTF_8));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(RecordedRun.Target target) {
        var config = new HikariConfig();
        config.setJdbcUrl(target.jdbcUrl());
        config.setUsername(target.user());
        config.setPassword(target.password());
        config.addDataSourceProperty("sslmode", "disable");
        config.addDataSourceProperty("socketTimeout", "30");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(1000L * WAIT_SECONDS);
        return new HikariDataSource(config);
    }

    private List<String> atOnce(RecordedRun.Target target) throws Exception {
        List<String> lines = new ArrayList<>();
        var threads = Executors.newFixedThreadPool(4);
        try (HikariDataSource pool = pool(target)) {
            List<CompletableFuture<List<String>>> workers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                int worker = w;
                workers.add(CompletableFuture.supplyAsync(() -> worker(pool, worker), threads));
            }
            for (CompletableFuture<List<String>> worker : workers) {
                lines.addAll(worker.get(WAIT_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        return lines;
    }

    private List<String> worker(HikariDataSource pool, int w) {
        List<String> lines = new ArrayList<>();
        try {
            for (int i = 10 * w; i < 10 * w + 10; i++) {
                lines.add(w + " read " + i + " " + read(pool, "select name, balance from account where id = ?", i));
            }
            pay(pool, w, lines);
            again(pool, w, lines);
            for (int i = 10 * w; i < 10 * w + 2; i++) {
                lines.add(w + " has " + i + " " + read(pool, "select balance from account where id = ?", i));
            }
            try (Connection connection = pool.getConnection();
                    PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
                notify.setString(1, "news");
                notify.setString(2, "worker " + w + " done");
                notify.execute();
            }
        } catch (SQLException e) {
            lines.add(w + " stopped: " + e.getMessage());
        }
        return lines;
    }

    private static String read(HikariDataSource pool, String sql, int id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, id);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                int columns = rows.getMetaData().getColumnCount();
                return columns == 1 ? rows.getString(1) : rows.getString(1) + " " + rows.getBigDecimal(2);
            }
        }
    }

    private void pay(HikariDataSource pool, int w, List<String> lines) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update =
                    connection.prepareStatement("update account set balance = balance + ? where id = ?")) {
                move(update, changed && w == 2 ? "-3.50" : "-2.50", 10 * w);
                move(update, "2.50", 10 * w + 1);
                connection.commit();
                lines.add(w + " paid");
            } catch (SQLException e) {
                lines.add(w + " failed " + e.getSQLState());
                connection.rollback();
            }
        }
    }

    private static void move(PreparedStatement update, String amount, int id) throws SQLException {
        update.setBigDecimal(1, new BigDecimal(amount));
        update.setInt(2, id);
        update.executeUpdate();
    }

    private static void again(HikariDataSource pool, int w, List<String> lines) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into account values (?, ?, ?)")) {
                insert.setInt(1, 10 * w);
                insert.setString(2, "again");
                insert.setBigDecimal(3, BigDecimal.ZERO);
                insert.executeUpdate();
            } catch (SQLException e) {
                lines.add(w + " error " + e.getSQLState());
                connection.rollback();
            }
        }
    }
}
