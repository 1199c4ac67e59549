package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.diff.Difference;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.rerun.Rerun;
import org.pgreel.replay.rerun.RerunResult;
import org.pgreel.replay.rerun.RerunSettings;
import org.pgreel.replay.server.RecordedRun.Target;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.source.UnplayableException;
import org.pgreel.replay.volatility.Volatility;

/** What recorded clients said is said again, to the same server and to a later one. */
@Timeout(180)
class RerunTest {

    private static PostgresServer old;
    private static PostgresServer latest;

    @TempDir
    Path directory;

    @BeforeAll
    static void startTheServers() {
        old = PostgresServer.start(PostgresOptions.defaults().source(PostgresSource.embedded("14")));
        latest = PostgresServer.start(PostgresOptions.defaults().source(PostgresSource.embedded("18")));
    }

    @AfterAll
    static void stopTheServers() {
        old.close();
        latest.close();
    }

    @Test
    void whatAClientDoesIsTheSameOnBothServers() throws Exception {
        Recording recording = record(old, target -> JdbcPrograms.everything(target, "disable"));

        RerunResult again = rerun(recording, old);
        RerunResult later = rerun(recording, latest);

        assertThat(again.failures()).isEmpty();
        assertThat(behaviour(again)).isEmpty();
        assertThat(behaviour(later)).isEmpty();
        assertThat(later.recordedVersions().get(0)).startsWith("14.");
        assertThat(later.liveVersions().get(0)).startsWith("18.");
    }

    @Test
    void whatAnUpgradeChangesIsFound() throws Exception {
        Recording recording = record(old, target -> {
            try (Connection connection = JdbcPrograms.connect(target, "disable");
                    Statement statement = connection.createStatement()) {
                for (String sql : List.of("select 2 + 2", "select 123abc", "select 'same'")) {
                    statement.execute(sql);
                }
            }
            return "";
        });

        RerunResult later = rerun(recording, latest);

        assertThat(later.same()).isFalse();
        assertThat(behaviour(later))
                .anyMatch(what -> what.contains("trailing junk after numeric literal"))
                .noneMatch(what -> what.contains("same"));
        assertThat(later.diff().sessions().get(0).behaviour())
                .extracting(Difference::kind)
                .containsOnly(Difference.Kind.MESSAGE);
    }

    @Test
    void sessionsMeetEachOthersLocksAsTheyDid() throws Exception {
        prepareAccounts(old);
        Recording recording = record(old, RerunTest::waitForALock);
        prepareAccounts(old);
        prepareAccounts(latest);

        assertThat(behaviour(rerun(recording, old))).isEmpty();
        assertThat(behaviour(rerun(recording, latest))).isEmpty();
    }

    private static void prepareAccounts(PostgresServer server) throws SQLException {
        try (Connection connection = JdbcPrograms.connect(direct(server), "disable");
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists account");
            statement.execute("create table account (id int primary key, balance int)");
            statement.execute("insert into account values (1, 100)");
        }
    }

    /** The second session's update waits until the first commits, and finds what it left. */
    private static String waitForALock(Target target) throws Exception {
        try (Connection first = JdbcPrograms.connect(target, "disable");
                Connection second = JdbcPrograms.connect(target, "disable");
                Statement one = first.createStatement();
                Statement other = second.createStatement()) {
            first.setAutoCommit(false);
            one.execute("update account set balance = balance * 2 where id = 1");
            var waiting = CompletableFuture.supplyAsync(() -> balanceAfterAddingOne(other));
            awaitWaitingForALock(target);
            first.commit();
            return waiting.get(30, TimeUnit.SECONDS);
        }
    }

    private static String balanceAfterAddingOne(Statement statement) {
        try (var rows =
                statement.executeQuery("update account set balance = balance + 1 where id = 1 returning balance")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaitingForALock(Target target) throws SQLException {
        PostgresServer server = target.server().orElseThrow();
        try (Connection connection = JdbcPrograms.connect(direct(server), "disable");
                Statement statement = connection.createStatement()) {
            boolean waiting = false;
            while (!waiting) {
                try (var rows = statement.executeQuery("select count(*) from pg_locks where not granted")) {
                    rows.next();
                    waiting = rows.getInt(1) > 0;
                }
            }
        }
    }

    @Test
    void aKeyThatTheServerMadeIsSentAsTheLiveOneWhereThatIsDeclared() throws Exception {
        prepareItems(old, 1);
        Recording recording = record(old, RerunTest::findsWhatItInserted);
        prepareItems(latest, 700);
        String select = "select name from item where id = $1";
        Volatility volatility = Volatility.parse("statement \"" + select + "\" $1=<int:item>\n");
        RerunSettings plain = settings(latest, latest.password(), Duration.ofSeconds(20));

        assertThat(behaviour(Rerun.of(recording.sessions()).run(plain, done -> {})))
                .anyMatch(what -> what.contains("DataRow is missing"));
        prepareItems(latest, 700);
        RerunResult bound = Rerun.of(recording.sessions())
                .run(new RerunSettings(plain.server(), plain.user(), null, plain.patience(), volatility), done -> {});

        assertThat(behaviour(bound)).isEmpty();
        assertThat(bound.diff().sessions().get(0).differences())
                .extracting(Difference::kind)
                .contains(Difference.Kind.BOUND);
    }

    private static void prepareItems(PostgresServer server, int first) throws SQLException {
        try (Connection connection = JdbcPrograms.connect(direct(server), "disable");
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists item");
            statement.execute(
                    "create table item (id int generated always as identity (start with " + first + "), name text)");
        }
    }

    private static String findsWhatItInserted(Target target) throws SQLException {
        try (Connection connection = JdbcPrograms.connect(target, "disable");
                Statement insert = connection.createStatement();
                var select = connection.prepareStatement("select name from item where id = ?");
                var ids = insert.executeQuery("insert into item (name) values ('tea') returning id")) {
            ids.next();
            select.setInt(1, ids.getInt(1));
            try (var names = select.executeQuery()) {
                names.next();
                return names.getString(1);
            }
        }
    }

    @Test
    void aStatementIsCancelledWithTheLiveKey() throws Exception {
        Recording recording = record(old, JdbcPrograms::cancel);

        RerunResult again = rerun(recording, latest);

        assertThat(again.failures()).isEmpty();
        assertThat(behaviour(again)).isEmpty();
    }

    @Test
    void theNewTapeIsPlayedToTheSameClient() throws Exception {
        Recording recording = record(old, target -> JdbcPrograms.everything(target, "disable"));
        Path tape = directory.resolve("new.pgreel");

        RerunResult again = rerun(recording, latest);
        new TapePack(TapeForm.TEXT).write(again.live(), tape);

        assertThat(Files.readString(tape)).doesNotContain("datestyle");
        try (ReplayServer replay = ReplayServer.builder(RecordingSource.read(Recordings.open(tape)))
                .settings(ReplaySettings.DEFAULTS)
                .start()) {
            var target = new Target(replay.port(), old.user(), "", Optional.empty());
            assertThat(JdbcPrograms.everything(target, "disable")).isNotEmpty();
            assertThat(replay.report().passed()).as(replay.report().text()).isTrue();
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailureAndTheOthersGoOn() throws Exception {
        prepareAccounts(old);
        Recording recording = record(old, target -> {
            try (Connection connection = JdbcPrograms.connect(target, "disable");
                    Statement statement = connection.createStatement()) {
                statement.execute("update account set balance = 0");
            }
            return "";
        });
        try (Connection other = JdbcPrograms.connect(direct(old), "disable");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table account");

            RerunResult stuck = Rerun.of(recording.sessions())
                    .run(settings(old, old.password(), Duration.ofMillis(500)), done -> {});

            assertThat(stuck.failures())
                    .singleElement()
                    .asString()
                    .contains("session 1 has not answered after 0.5 s")
                    .contains("cancelled and closed");
            assertThat(stuck.same()).isFalse();
        }
    }

    @Test
    void aLoginThatIsRefusedIsAFailureWithItsReason() throws Exception {
        Recording recording = record(old, target -> {
            try (Connection connection = JdbcPrograms.connect(target, "disable")) {
                return connection.isValid(20);
            }
        });

        RerunResult refused =
                Rerun.of(recording.sessions()).run(settings(old, "another", Duration.ofSeconds(20)), done -> {});

        assertThat(refused.failures()).singleElement().asString().contains("session 1 cannot log in");
    }

    @Test
    void aRecordingWithoutALoginIsRefused() {
        var journal = new InMemoryJournal("test");

        assertThatThrownBy(() -> Rerun.of(Recordings.of(journal).sessions()))
                .isInstanceOf(UnplayableException.class)
                .hasMessageContaining("no session that can be run again");
    }

    private static List<String> behaviour(RerunResult result) {
        return result.diff().sessions().stream()
                .flatMap(session -> session.behaviour().stream())
                .map(difference -> difference.what() + " " + difference.left() + " " + difference.right())
                .toList();
    }

    private static RerunResult rerun(Recording recording, PostgresServer server) throws InterruptedException {
        return Rerun.of(recording.sessions())
                .run(settings(server, server.password(), Duration.ofSeconds(20)), done -> {});
    }

    private static RerunSettings settings(PostgresServer server, String password, Duration patience) {
        return new RerunSettings(
                () -> ConnectOptions.builder()
                        .host(server.host())
                        .port(server.port())
                        .sslMode(SslMode.DISABLE)
                        .password(password),
                server.user(),
                null,
                patience);
    }

    private static <R> Recording record(PostgresServer server, RecordedRun.Client<R> client) throws Exception {
        var journal = new InMemoryJournal("test");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            client.run(new Target(proxy.address().getPort(), server.user(), server.password(), Optional.of(server)));
        }
        return Recordings.of(journal);
    }

    private static Target direct(PostgresServer server) {
        return new Target(server.port(), server.user(), server.password(), Optional.of(server));
    }
}
