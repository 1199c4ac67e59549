package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedConnection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionSummary;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** pgjdbc works through the proxy as without it, and what it said is in the journal. */
@Timeout(60)
class JdbcThroughProxyTest {

    private final PostgresServer server = PostgresServer.shared();
    private final InMemoryJournal journal = new InMemoryJournal("run");
    private final List<String> problems = new ArrayList<>();

    @AfterEach
    void nothingUnexpectedWasReported() {
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pgreel_trust,disable",
        "pgreel_password,disable",
        "pgreel_md5,disable",
        "pgreel_scram,disable",
        "pgreel_md5,require",
        "pgreel_scram,prefer",
        "pgreel_scram,require"
    })
    void everyLoginWorksAndLeavesNoSecret(String user, String sslMode) throws Exception {
        SslMode mode = SslMode.valueOf(sslMode.toUpperCase(Locale.ROOT));
        try (RecordingProxy proxy = start(mode)) {
            try (Connection connection = connect(proxy, user)) {
                assertThat(oneValue(connection, "select 'here'")).isEqualTo("here");
            }
        }
        Recording recording = Recordings.of(journal);
        assertThat(recording.verification().complete()).isTrue();
        assertThat(recording.sessions()).hasSize(1);
        SessionSummary summary = SessionSummary.of(recording.sessions().get(0));
        assertThat(summary.user()).isEqualTo(user);
        assertThat(summary.statements()).isPositive();
        assertThat(summary.state()).isEqualTo(SessionState.WHOLE);
        assertThat(summary.how()).isEqualTo(EndKind.FIN);
        if (!user.equals("pgreel_trust")) {
            byte[] password = server.password().getBytes(StandardCharsets.UTF_8);
            String stored = hexOfAllChunks(recording);
            assertThat(stored)
                    .doesNotContain(HexFormat.of().formatHex(password))
                    .doesNotContain(HexFormat.of().formatHex(Base64.getEncoder().encode(password)));
        }
    }

    @Test
    void anErrorATransactionAndAPreparedStatementAreRecorded() throws Exception {
        try (RecordingProxy proxy = start(SslMode.DISABLE);
                Connection connection = connect(proxy, "pgreel_scram")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("select 1/0"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("22012"));
            }
            connection.rollback();
            try (PreparedStatement statement = connection.prepareStatement("select ?::int + 1")) {
                for (int i = 0; i < 10; i++) {
                    statement.setInt(1, i);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1)).isEqualTo(i + 1);
                    }
                }
            }
        }
        RecordedSession session = Recordings.of(journal).sessions().get(0);
        List<String> names = new ArrayList<>();
        for (RecordedMessage message : session.messages()) {
            assertThat(message.content()).isInstanceOf(RecordedMessage.Decoded.class);
            names.add(((RecordedMessage.Decoded) message.content()).message().name());
        }
        assertThat(names).contains("StartupMessage", "ErrorResponse", "Parse", "Bind", "DataRow", "Terminate");
    }

    @Test
    void aCancelRequestIsRecordedInTheSessionWhoseKeyItCarries() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (RecordingProxy proxy = start(SslMode.DISABLE);
                Connection connection = connect(proxy, "pgreel_scram");
                Statement statement = connection.createStatement()) {
            Future<?> sleeping = threads.submit(() -> statement.execute("select pg_sleep(60)"));
            while (!asked(journal, "pg_sleep")) {
                Thread.onSpinWait();
            }
            statement.cancel();
            assertThatThrownBy(() -> sleeping.get(30, TimeUnit.SECONDS)).hasMessageContaining("canceling statement");
        } finally {
            threads.shutdownNow();
        }
        Recording recording = Recordings.of(journal);
        assertThat(recording.sessions()).hasSize(1);
        assertThat(recording.verification().complete()).isTrue();
        List<RecordedConnection> connections = recording.sessions().get(0).connections();
        assertThat(connections).hasSize(2);
        boolean cancelled = false;
        for (RecordedMessage message : recording.sessions().get(0).messages()) {
            cancelled |= message.connection() == 2
                    && message.content() instanceof RecordedMessage.Decoded decoded
                    && decoded.message() instanceof CancelRequest;
        }
        assertThat(cancelled).isTrue();
    }

    @Test
    void manyConnectionsAreRecordedAtOnce() throws Exception {
        int clients = 8;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (RecordingProxy proxy = start(SslMode.DISABLE)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try (Connection connection = connect(proxy, "pgreel_trust")) {
                        for (int n = 0; n < 50; n++) {
                            String value = number + "-" + n;
                            assertThat(oneValue(connection, "select '" + value + "'"))
                                    .isEqualTo(value);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        Recording recording = Recordings.of(journal);
        assertThat(recording.sessions()).hasSize(clients);
        assertThat(recording.verification().complete()).isTrue();
    }

    @Test
    void aLargeResultPassesThroughUnchanged() throws Exception {
        try (RecordingProxy proxy = start(SslMode.DISABLE);
                Connection connection = connect(proxy, "pgreel_trust")) {
            String digest = "select md5(string_agg(md5(n::text), '' order by n)) from generate_series(1, 200000) n";
            String expected = oneValue(connection, digest);
            String all = oneValue(
                    connection, "select string_agg(md5(n::text), '' order by n) from generate_series(1, 200000) n");
            assertThat(all).hasSize(32 * 200_000);
            assertThat(HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("MD5").digest(all.getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo(expected);
        }
        assertThat(Recordings.of(journal).sessions().get(0).bytesRead()).isGreaterThan(32 * 200_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer"})
    void aClientThatWouldLikeTlsGoesOnInPlaintext(String sslmode) throws Exception {
        try (RecordingProxy proxy = start(SslMode.REQUIRE)) {
            Properties properties = properties("pgreel_scram");
            properties.setProperty("sslmode", sslmode);
            try (Connection connection = DriverManager.getConnection(url(proxy), properties)) {
                assertThat(oneValue(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
        }
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
    }

    @Test
    void stoppingEndsEverySessionInTheJournal() throws Exception {
        RecordingProxy proxy = start(SslMode.DISABLE);
        Connection connection = connect(proxy, "pgreel_trust");
        try {
            assertThat(oneValue(connection, "select 1")).isEqualTo("1");
            assertThat(proxy.liveConnections()).isEqualTo(1);
            proxy.close();
            proxy.close();
            RecordedSession session = Recordings.of(journal).sessions().get(0);
            assertThat(session.state()).isEqualTo(SessionState.WHOLE);
            assertThat(session.closed()).isNotNull().satisfies(closed -> {
                assertThat(closed.by()).isEqualTo(By.PROXY);
                assertThat(closed.how()).isEqualTo(EndKind.RESET);
            });
        } finally {
            // It was reset, so that closing it in order would fail.
            connection.abort(Runnable::run);
        }
    }

    private static boolean asked(InMemoryJournal journal, String sql) {
        for (RecordedSession session : Recordings.of(journal).sessions()) {
            for (RecordedMessage message : session.messages()) {
                if (message.content() instanceof RecordedMessage.Decoded decoded
                        && decoded.message().toString().contains(sql)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String hexOfAllChunks(Recording recording) {
        StringBuilder hex = new StringBuilder();
        for (RecordedSession session : recording.sessions()) {
            for (SessionEvent event : session.events()) {
                if (event instanceof Chunk chunk) {
                    hex.append(chunk.bytes().hex());
                }
            }
        }
        return hex.toString();
    }

    private RecordingProxy start(SslMode upstream) throws Exception {
        return RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .upstreamSslMode(upstream)
                .onProblem(problems::add)
                .start();
    }

    private Connection connect(RecordingProxy proxy, String user) throws SQLException {
        return DriverManager.getConnection(url(proxy), properties(user));
    }

    private Properties properties(String user) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", server.password());
        return properties;
    }

    private String url(RecordingProxy proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/" + server.database();
    }

    private static String oneValue(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
