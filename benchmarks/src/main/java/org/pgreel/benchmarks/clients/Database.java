package org.pgreel.benchmarks.clients;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** A real PostgreSQL with the tables of the workloads, and the checks of what was written into them. */
final class Database implements Match.Between, AutoCloseable {

    private final PostgresServer server;
    private final Target target;
    private final Connection connection;

    private Database(PostgresServer server, int rows) throws SQLException {
        this.server = server;
        this.target = new Target(
                server.host(), server.port(), server.user(), server.password(), server.database(), rows, rows);
        this.connection = DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database(),
                server.user(),
                server.password());
        execute(String.format(Locale.ROOT, Items.CREATE, rows));
        execute("GRANT SELECT ON item TO " + Target.TRUSTED_USER);
        execute("VACUUM (ANALYZE) item");
    }

    /** Starts a server whose disk and log do not stand in the way, and fills the table. */
    static Database start(int rows) throws SQLException {
        PostgresServer server = PostgresServer.start(PostgresOptions.defaults()
                .role(Target.TRUSTED_USER, "", AuthMethod.TRUST)
                .setting("shared_buffers", "512MB")
                .setting("fsync", "off")
                .setting("synchronous_commit", "off")
                .setting("full_page_writes", "off")
                .setting("autovacuum", "off")
                .setting("max_wal_size", "4GB")
                .setting("TimeZone", "UTC"));
        try {
            return new Database(server, rows);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    Target target() {
        return target;
    }

    String describe() {
        return "PostgreSQL " + server.version();
    }

    @Override
    public void before(Workload workload) throws IOException {
        if (workload == Workload.W4 || workload == Workload.W5_IN) {
            try {
                execute("TRUNCATE sink");
            } catch (SQLException e) {
                throw new IOException("the table could not be emptied", e);
            }
        }
    }

    @Override
    public void after(Workload workload, int repeats) throws IOException {
        if (workload == Workload.W4) {
            check(repeats, Workload.BATCH);
        } else if (workload == Workload.W5_IN) {
            check(repeats, target.rows());
        }
    }

    /** Every id was written once a repeat, with its amount and its name. */
    private void check(int repeats, int ids) throws IOException {
        String wrong = "count(*) FILTER (WHERE amount <> id * 1000003::bigint OR name <> 'the item number ' || id)";
        try (Statement statement = connection.createStatement();
                ResultSet sums = statement.executeQuery("SELECT count(*), sum(id::bigint), " + wrong + " FROM sink")) {
            sums.next();
            long rows = (long) repeats * ids;
            long sum = rows * (ids + 1) / 2;
            if (sums.getLong(1) != rows || sums.getLong(2) != sum || sums.getLong(3) != 0) {
                throw new IOException("the table has " + sums.getLong(1) + " rows of " + rows + ", ids of sum "
                        + sums.getLong(2) + " instead of " + sum + ", " + sums.getLong(3) + " wrong");
            }
        } catch (SQLException e) {
            throw new IOException("the table could not be read", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } finally {
            server.close();
        }
    }
}
