package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptSamples;

/** What is legal works for pgjdbc, in both of its protocols and both formats; what is broken is noticed by it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ScriptedJdbcTest {
    private static final String PASSWORD = "the test credential";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** What a program does with a server. */
    private interface Program {
        void run(Connection connection) throws Exception;
    }

    private static ScriptServer server(String script, ServerSettings settings, Chunking chunking) throws Exception {
        return ScriptServer.builder(Script.parse(script))
                .settings(settings)
                .chunking(chunking)
                .start();
    }

    private static Connection connect(ScriptServer server, String... options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "ada");
        properties.setProperty("password", PASSWORD);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketTimeout", "30");
        for (String option : options) {
            properties.setProperty(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/engine", properties);
    }

    private static void passes(String script, ServerSettings settings, Chunking chunking, Program program)
            throws Exception {
        try (ScriptServer server = server(script, settings, chunking)) {
            try (Connection connection = connect(server)) {
                program.run(connection);
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static final String ONE_STATEMENT = """
            use login
            use housekeeping
            statement "select n, t from things" {
              B RowDescription n:int4 t:text
              B DataRow "1" "one"
              B DataRow "2" null
              B CommandComplete "SELECT 2"
            }
            F end
            """;

    @Test
    void everyKindOfLoginAndEveryFragmentationIsAnswered() throws Exception {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            for (Chunking chunking : List.of(Chunking.WHOLE, Chunking.BYTES, new Chunking.Seeded(7))) {
                passes(
                        ONE_STATEMENT,
                        ServerSettings.DEFAULTS.withAuthentication(method, PASSWORD),
                        chunking,
                        connection -> assertThat(rows(connection, "select n, t from things"))
                                .containsExactly("1", "2"));
            }
        }
    }

    @Test
    void aStatementIsPreparedAndTurnsToBinary() throws Exception {
        String script = """
                use login
                use housekeeping
                repeat 12 {
                  statement "select id from t where id = $1" {
                    B RowDescription id:int8
                    B DataRow "42"
                    B CommandComplete "SELECT 1"
                  }
                }
                F end
                """;
        passes(script, ServerSettings.DEFAULTS, Chunking.WHOLE, connection -> {
            try (var statement = connection.prepareStatement("select id from t where id = ?")) {
                for (int i = 0; i < 12; i++) {
                    statement.setLong(1, 42);
                    try (ResultSet result = statement.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getLong(1)).isEqualTo(42);
                    }
                }
            }
        });
    }

    @Test
    void aTransactionWithABatchAndAnErrorIsPlayed() throws Exception {
        String script = """
                use login
                use housekeeping
                statement "insert into t values ($1)" "1" {
                  B CommandComplete "INSERT 0 1"
                }
                statement "insert into t values ($1)" "2" {
                  B CommandComplete "INSERT 0 1"
                }
                statement "insert into t values ($1)" "3" {
                  B ErrorResponse ERROR 23505 "duplicate key value violates unique constraint \\"t_pkey\\""
                }
                F end
                """;
        passes(script, ServerSettings.DEFAULTS, Chunking.WHOLE, connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("insert into t values (?)")) {
                for (int i = 1; i <= 2; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                assertThat(statement.executeBatch()).containsExactly(1, 1);
                statement.setInt(1, 3);
                var failure = catchThrowableOfType(SQLException.class, statement::executeUpdate);
                assertThat(failure.getSQLState()).isEqualTo("23505");
            }
            connection.rollback();
            assertThat(connection.isValid(5)).isTrue();
        });
    }

    @Test
    void theSimpleProtocolGetsTheSame() throws Exception {
        try (ScriptServer server = server(ONE_STATEMENT, ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            try (Connection connection = connect(server, "preferQueryMode=simple")) {
                assertThat(rows(connection, "select n, t from things")).containsExactly("1", "2");
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void rowsAreFetchedAFewAtATime() throws Exception {
        passes(ONE_STATEMENT, ServerSettings.DEFAULTS, Chunking.WHOLE, connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("select n, t from things")) {
                statement.setFetchSize(1);
                var seen = new ArrayList<Integer>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        seen.add(result.getInt(1));
                    }
                }
                assertThat(seen).containsExactly(1, 2);
            }
            connection.commit();
        });
    }

    @Test
    void aLateCancelIsWaitedFor() throws Exception {
        String script = ScriptSamples.text("cancel-that-arrives-late")
                .replace("F silent 300ms", "# F silent 300ms")
                .replace("await answered", "");
        try (ScriptServer server = server(script, ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            try (Connection connection = connect(server);
                    var statement = connection.createStatement()) {
                Thread query = new Thread(() -> {
                    try (ResultSet result = statement.executeQuery("select 1")) {
                        result.next();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                query.start();
                while (query.isAlive()) {
                    statement.cancel();
                    query.join(20);
                }
                assertThat(rows(connection, "select 2")).containsExactly("2");
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void theThirdConnectionIsRefusedAndTheFourthLetIn() throws Exception {
        String script = ScriptSamples.text("too-many-connections-then-room")
                .replace("use login\n", "use login\nuse housekeeping\n");
        try (ScriptServer server = server(script, ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            Connection first = connect(server);
            try (Connection second = connect(server)) {
                var refused = catchThrowableOfType(SQLException.class, () -> connect(server));
                assertThat(refused.getSQLState()).isEqualTo("53300");
                assertThat(second.isValid(5)).isTrue();
                first.close();
                connect(server).close();
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void theLiveLimitLetsTwoInAndThenTheNext() throws Exception {
        var settings = ServerSettings.DEFAULTS.withConnections(2, 0, 0);
        try (ScriptServer server =
                server(ScriptSamples.text("too-many-connections-live-limit"), settings, Chunking.WHOLE)) {
            try (Connection first = connect(server);
                    Connection second = connect(server)) {
                var refused = catchThrowableOfType(SQLException.class, () -> connect(server));
                assertThat(refused.getSQLState()).isEqualTo("53300");
                assertThat(first.isValid(5)).isTrue();
                assertThat(second.isValid(5)).isTrue();
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void itNoticesAForgedSignature() throws Exception {
        var settings = ServerSettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, PASSWORD);
        try (ScriptServer server = server(ScriptSamples.text("scram-forged-signature"), settings, Chunking.WHOLE)) {
            var failure = catchThrowableOfType(SQLException.class, () -> connect(server));

            assertThat(failure.getMessage()).contains("Invalid SCRAM server signature");
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void itNoticesTheEndInsideAResult() throws Exception {
        try (ScriptServer server =
                server(ScriptSamples.text("admin-shutdown-inside-a-result"), ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            try (Connection connection = connect(server)) {
                var failure = catchThrowableOfType(SQLException.class, () -> rows(connection, "select n from numbers"));
                assertThat(failure.getSQLState()).isEqualTo("57P01");
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void aLengthOfThreeIsAnErrorToIt() throws Exception {
        try (ScriptServer server =
                server(ScriptSamples.text("length-field-three"), ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            try (Connection connection = connect(server, "socketTimeout=2")) {
                SQLException failure = catchThrowableOfType(SQLException.class, () -> rows(connection, "select 1"));
                assertThat(failure.getMessage()).isNotEmpty();
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }

    /** This version of pgjdbc takes the second ReadyForQuery for the answer to the next statement. */
    @Test
    void oneReadyForQueryTooManyIsPlayedAndNotNoticed() throws Exception {
        try (ScriptServer server =
                server(ScriptSamples.text("one-ready-too-many"), ServerSettings.DEFAULTS, Chunking.WHOLE)) {
            try (Connection connection = connect(server)) {
                assertThat(rows(connection, "select 1")).containsExactly("1");
                var failure = catchThrowableOfType(SQLException.class, () -> rows(connection, "select 2"));
                assertThat(failure.getMessage()).contains("No results were returned by the query");
            }
            assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
        }
    }
}
