package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal on a file system of 64 MiB fills up while an application works: the policy says what becomes of it. */
@Timeout(180)
class FullDiskProxyTest {

    private static final Logger LOG = LoggerFactory.getLogger(FullDiskProxyTest.class);
    private static final int DISK_MIB = 64;
    private static final int ROW_BYTES = 8_000;
    private static final int QUERIES_MAX = 2 * (DISK_MIB << 20) / ROW_BYTES;

    @TempDir
    Path temporary;

    private final PostgresServer server = PostgresServer.shared();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        mounted = Programs.isHere("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "none", disk.toString());
        if (!mounted) {
            LOG.warn("Skipped: a small disk cannot be mounted here, which needs to be root.");
        }
        assumeTrue(mounted, "a small disk cannot be mounted here");
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            assertThat(Programs.isHere("umount", "-l", disk.toString())).isTrue();
        }
    }

    @Test
    void anApplicationIsToldAndEndsWhereNothingMayHappenUnrecorded() throws Exception {
        Path directory = disk.resolve("journal");
        long answered = 0;
        SQLException failure = null;
        try (ChronicleJournal journal = ChronicleJournal.open(directory);
                RecordingProxy proxy = start(journal, OnJournalFailure.FAIL_SESSION)) {
            Connection connection = connect(proxy);
            try {
                while (answered < QUERIES_MAX) {
                    ask(connection);
                    answered++;
                }
            } catch (SQLException e) {
                failure = e;
            }
            assertThat(Objects.requireNonNull(failure).getSQLState()).isEqualTo("58030");
            assertThat(failure.getMessage())
                    .contains("The session ends because it can no longer be recorded", "No space left on device");
            // A small session may still find room; the proxy lives, and ends the others as well.
            assertThatThrownBy(() -> askInOthers(proxy)).isInstanceOf(SQLException.class);
            assertThat(proxy.statistics().damagedSessions()).isPositive();
        }
        assertThat(problems)
                .hasSizeGreaterThan(1)
                .allSatisfy(problem -> assertThat(problem).contains("No space left on device"));
        RecordedSession session = damaged(directory);
        // What the application got, it finds in the journal.
        assertThat(session.bytesRead()).isGreaterThan(answered * ROW_BYTES);
    }

    private void askInOthers(RecordingProxy proxy) throws SQLException {
        for (int i = 0; i < 100; i++) {
            try (Connection another = connect(proxy)) {
                for (int query = 0; query < 100; query++) {
                    ask(another);
                }
            }
        }
    }

    @Test
    void anApplicationGoesOnWhereRecordingMayStop() throws Exception {
        Path directory = disk.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(directory);
                RecordingProxy proxy = start(journal, OnJournalFailure.STOP_RECORDING);
                Connection connection = connect(proxy)) {
            for (int i = 0; i < QUERIES_MAX && proxy.statistics().damagedSessions() == 0; i++) {
                ask(connection);
            }
            assertThat(proxy.statistics().damagedSessions()).isEqualTo(1);
            for (int i = 0; i < 100; i++) {
                ask(connection);
            }
            try (Connection another = connect(proxy)) {
                ask(another);
            }
        }
        assertThat(damaged(directory).bytesRead()).isGreaterThan(DISK_MIB << 19);
    }

    private static RecordedSession damaged(Path directory) {
        Recording recording = Recordings.open(directory);
        assertThat(recording.verification().sound()).isFalse();
        RecordedSession session = recording.sessions().get(0);
        assertThat(session.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(session.firstBad()).isNotNull();
        assertThat(session.firstBad().what()).contains("is where recording ended", "No space left on device");
        return session;
    }

    private RecordingProxy start(ChronicleJournal journal, OnJournalFailure policy) throws Exception {
        return RecordingProxy.builder(
                        new Recorder(journal, RecordingClock.system(), policy), server.host(), server.port())
                .upstreamSslMode(SslMode.DISABLE)
                .onProblem(problems::add)
                .start();
    }

    private Connection connect(RecordingProxy proxy) throws SQLException {
        var properties = new Properties();
        properties.putAll(Map.of("user", "pgreel_trust", "sslmode", "disable", "loginTimeout", "30"));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/" + server.database(), properties);
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select repeat('x', " + ROW_BYTES + ")")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).hasSize(ROW_BYTES);
        }
    }
}
