package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.live.LiveSettings;
import org.pgreel.replay.report.RecordedNow;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.server.RecordedRun.Target;
import org.pgreel.replay.source.RecordingSource;
import org.postgresql.PGConnection;

/** What was not recorded is asked of a real server, answered from there, and recorded. */
@Timeout(120)
class RecordMissingTest {

    /** What a program does over one connection. */
    @FunctionalInterface
    private interface Program {
        void run(Connection connection) throws Exception;
    }

    private static PostgresServer postgres;

    private final InMemoryJournal journal = new InMemoryJournal("missing");
    private List<RecordedSession> recorded = List.of();
    private ReplayReport report;

    @TempDir
    Path directory;

    @BeforeAll
    static void startTheServer() {
        postgres = PostgresServer.shared();
    }

    @AfterAll
    static void dropTheTable() throws SQLException {
        prepare("drop table if exists missing_orders");
    }

    @BeforeEach
    void makeTheTable() throws SQLException {
        prepare(
                "drop table if exists missing_orders",
                "create table missing_orders (id serial primary key, item text)",
                "insert into missing_orders (item) values ('tea'), ('milk')");
    }

    @AfterEach
    void theJournalIsClosed() {
        journal.close();
    }

    private static void prepare(String... statements) throws SQLException {
        try (Connection connection = JdbcPrograms.connect(direct(), "disable");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Target direct() {
        return new Target(postgres.port(), postgres.user(), postgres.password(), Optional.of(postgres));
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable&prepareThreshold=1",
                postgres.user(),
                postgres.password());
    }

    private void record(Program program) throws Exception {
        var original = new InMemoryJournal("original");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(original), postgres.host(), postgres.port())
                        .start();
                Connection connection = connect(proxy.address().getPort())) {
            program.run(connection);
        }
        recorded = Recordings.of(original).sessions();
    }

    private static ConnectOptionsBuilder server() {
        return ConnectOptions.builder()
                .host(postgres.host())
                .port(postgres.port())
                .sslMode(SslMode.DISABLE)
                .password(postgres.password());
    }

    private void replayAndRecord(Program program) throws Exception {
        replayAndRecord(new LiveSettings(RecordMissingTest::server, null, null, new Recorder(journal)), program);
    }

    private void replayAndRecord(LiveSettings live, Program program) throws Exception {
        ReplayServer.Builder builder = ReplayServer.builder(RecordingSource.read(recorded))
                .settings(ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE))
                .recordMissing(live);
        ReplayServer server = builder.start();
        try (server;
                Connection connection = connect(server.port())) {
            program.run(connection);
            report = server.report();
        }
    }

    /** Replays what was recorded before and now, from a text tape, without a server behind it. */
    private void replayAlone(Program program) throws Exception {
        var all = new ArrayList<>(recorded);
        all.addAll(Recordings.of(journal).sessions());
        Path tape = directory.resolve("all.pgreel");
        new TapePack(TapeForm.TEXT).write(all, tape);
        assertThat(Files.size(tape)).isPositive();
        try (ReplayServer server = ReplayServer.builder(RecordingSource.read(Recordings.open(tape)))
                        .settings(ReplaySettings.DEFAULTS
                                .withMatching(Matching.EXCHANGE)
                                .withStrict(true))
                        .start();
                Connection connection = connect(server.port())) {
            program.run(connection);
            report = server.report();
        }
        assertThat(report.exchanges().misses()).as(report.text()).isEmpty();
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private static List<String> items(Connection connection, int above) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select item from missing_orders where id > ? order by id")) {
            statement.setInt(1, above);
            var all = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
            return all;
        }
    }

    private List<String> recordedNow() {
        return report.exchanges().recordedNow().stream()
                .map(RecordedNow::statement)
                .toList();
    }

    @Test
    void aStatementThatIsMissingIsAskedOfTheServerAndIsOnTheTapeThen() throws Exception {
        record(connection -> assertThat(items(connection, 0)).containsExactly("tea", "milk"));
        prepare("update missing_orders set item = 'cocoa' where id = 2");
        Program program = connection -> {
            assertThat(items(connection, 0)).containsExactly("tea", "milk");
            assertThat(items(connection, 1)).containsExactly("cocoa");
            assertThat(rows(connection, "select count(*) from missing_orders")).containsExactly("2");
        };

        replayAndRecord(program);

        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
        assertThat(report.exchanges().misses()).isEmpty();
        assertThat(recordedNow())
                .containsExactly(
                        "select item from missing_orders where id > $1 order by id",
                        "select count(*) from missing_orders");
        assertThat(report.text()).contains("0 left over, 2 recorded now");
        replayAlone(program);
        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
    }

    @Test
    void aTransactionIsRunFromItsBeginningIfThatIsAnsweredAsOnTheTape() throws Exception {
        record(connection -> {
            connection.setAutoCommit(false);
            assertThat(items(connection, 1)).containsExactly("milk");
            connection.commit();
        });
        Program program = connection -> {
            connection.setAutoCommit(false);
            assertThat(items(connection, 1)).containsExactly("milk");
            rows(connection, "insert into missing_orders (item) values ('rice') returning id");
            assertThat(items(connection, 1)).containsExactly("milk", "rice");
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(rows(connection, "select count(*) from missing_orders")).containsExactly("3");
        };

        replayAndRecord(program);

        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
        assertThat(recordedNow())
                .containsExactly(
                        "insert into missing_orders (item) values ('rice') returning id",
                        "select count(*) from missing_orders");
        try (Connection behind = JdbcPrograms.connect(direct(), "disable")) {
            assertThat(rows(behind, "select item from missing_orders order by id"))
                    .containsExactly("tea", "milk", "rice");
        }
        replayAlone(program);
    }

    @Test
    void aTransactionWhoseBeginningIsAnsweredOtherwiseStaysAMissAndIsRolledBack() throws Exception {
        record(connection -> {
            connection.setAutoCommit(false);
            assertThat(items(connection, 1)).containsExactly("milk");
            connection.commit();
        });
        prepare("update missing_orders set item = 'cocoa' where id = 2");

        replayAndRecord(connection -> {
            connection.setAutoCommit(false);
            assertThat(items(connection, 1)).containsExactly("milk");
            assertThatThrownBy(() -> rows(connection, "delete from missing_orders returning id"))
                    .hasMessageContaining(
                            "it cannot be recorded now: the live server answers otherwise what goes before"
                                    + " it: select item from missing_orders where id > $1 order by id");
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(rows(connection, "select count(*) from missing_orders")).containsExactly("2");
        });

        assertThat(report.exchanges().misses()).hasSize(1);
        assertThat(recordedNow()).containsExactly("select count(*) from missing_orders");
        assertThat(Recordings.of(journal).sessions()).hasSize(1);
    }

    @Test
    void settingsAndPreparedStatementsAreTakenAlong() throws Exception {
        prepare("drop schema if exists missing_other cascade", "create schema missing_other");
        prepare("create table missing_other.kinds (kind text)", "insert into missing_other.kinds values ('hot')");
        Program beginning = connection -> {
            rows(connection, "select set_config('statement_timeout', '12345', false)");
            try (Statement statement = connection.createStatement()) {
                statement.execute("set search_path to missing_other, public");
            }
            assertThat(items(connection, 1)).containsExactly("milk");
        };
        record(beginning);
        Program program = connection -> {
            beginning.run(connection);
            assertThat(items(connection, 0)).containsExactly("tea", "milk");
            assertThat(rows(connection, "select kind from kinds")).containsExactly("hot");
            assertThat(rows(connection, "select current_setting('statement_timeout')"))
                    .containsExactly("12345ms");
            assertThat(rows(connection, "select set_config('work_mem', '1MB', false)"))
                    .containsExactly("1MB");
            assertThat(items(connection, 1)).containsExactly("milk");
        };

        replayAndRecord(program);

        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
        assertThat(recordedNow()).hasSize(5);
        replayAlone(program);
        prepare("drop schema missing_other cascade");
    }

    @Test
    void errorsAndCopyAreRecordedToo() throws Exception {
        record(connection -> assertThat(items(connection, 1)).containsExactly("milk"));
        Program program = connection -> {
            assertThatThrownBy(() -> rows(connection, "select nothing from missing_orders"))
                    .hasMessageContaining("column \"nothing\" does not exist");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copy.copyIn("copy missing_orders (item) from stdin", new StringReader("salt\nsugar\n")))
                    .isEqualTo(2);
            assertThat(items(connection, 2)).containsExactly("salt", "sugar");
            assertThat(items(connection, 1)).containsExactly("milk");
        };

        replayAndRecord(program);

        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
        assertThat(recordedNow()).hasSize(3);
        replayAlone(program);
    }

    @Test
    void whatTheServerCannotTakeOverStaysAMiss() throws Exception {
        Program beginning = connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create temporary table basket (item text)");
            }
        };
        record(beginning);

        replayAndRecord(connection -> {
            beginning.run(connection);
            assertThatThrownBy(() -> rows(connection, "select item from basket"))
                    .hasMessageContaining("the session has the temporary table basket, whose rows only the recording");
        });

        assertThat(report.exchanges().misses()).hasSize(1);
        assertThat(Recordings.of(journal).sessions()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereMakesAMissThatSaysSo() throws Exception {
        record(connection -> assertThat(items(connection, 1)).containsExactly("milk"));
        var nobody = new LiveSettings(() -> server().port(1), null, null, new Recorder(journal));

        replayAndRecord(nobody, connection -> {
            assertThatThrownBy(() -> items(connection, 0)).hasMessageContaining("it cannot be recorded now: ");
            assertThat(items(connection, 1)).containsExactly("milk");
        });

        assertThat(report.exchanges().misses()).hasSize(1);
    }

    /** Nobody answers at the server's port, so all that the client says has to wait. */
    @Test
    void noMoreIsKeptForAServerThatDoesNotAnswerThanSoMuch() throws Exception {
        record(connection -> assertThat(items(connection, 1)).containsExactly("milk"));
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var nobody = new LiveSettings(() -> server().port(deaf.getLocalPort()), null, null, new Recorder(journal));

            replayAndRecord(nobody, connection -> {
                try (PreparedStatement statement = connection.prepareStatement("select length(?)")) {
                    statement.setString(1, "x".repeat(17 << 20));
                    assertThatThrownBy(statement::executeQuery)
                            .hasMessageContaining("it cannot be recorded now: ")
                            .hasMessageContaining("more than 16 MiB");
                }
                assertThat(items(connection, 1)).containsExactly("milk");
            });
        }
        assertThat(report.exchanges().misses()).hasSize(1);
    }

    @Test
    void aCopyThatIsLongerThanWhatIsKeptIsRecordedAllTheSame() throws Exception {
        record(connection -> assertThat(items(connection, 1)).containsExactly("milk"));
        String line = "y".repeat(1 << 16) + "\n";

        replayAndRecord(connection -> {
            assertThat(items(connection, 1)).containsExactly("milk");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copy.copyIn("copy missing_orders (item) from stdin", new StringReader(line.repeat(300))))
                    .isEqualTo(300);
        });

        assertThat(report.exchanges().passed()).as(report.text()).isTrue();
        assertThat(recordedNow()).hasSize(1);
    }
}
