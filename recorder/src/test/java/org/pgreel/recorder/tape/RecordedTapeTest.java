package org.pgreel.recorder.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.verify.SessionState;

/** What was recorded of a real PostgreSQL goes from a journal onto a tape and back. */
@Timeout(120)
class RecordedTapeTest {

    @TempDir
    Path directory;

    /** Moves by less than a microsecond at each look. */
    private static final class NanosecondClock implements RecordingClock {

        private long nanos = 1;

        @Override
        public long nanos() {
            nanos += 337;
            return nanos;
        }

        @Override
        public Instant wallClock() {
            return Instant.parse("2026-11-21T10:00:00Z");
        }
    }

    private static void record(Path journalDirectory) throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (var journal = ChronicleJournal.open(journalDirectory);
                RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                        .start()) {
            for (String user : new String[] {"pgreel_scram", "pgreel_md5"}) {
                try (Connection connection = connect(proxy, server, user)) {
                    converse(connection);
                }
            }
        }
    }

    private static Connection connect(RecordingProxy proxy, PostgresServer server, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", server.password());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("prepareThreshold", "2");
        int port = proxy.address().getPort();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + server.database(), properties);
    }

    private static void converse(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select n, repeat('wide ', 400) from generate_series(1, 300) n");
            assertThatThrownBy(() -> statement.execute("select 1/0")).isInstanceOf(SQLException.class);
        }
        try (var statement = connection.prepareStatement("select ?::int + 1, ?::bytea")) {
            for (int i = 0; i < 4; i++) {
                statement.setInt(1, i);
                statement.setBytes(2, new byte[] {0, 1, (byte) 0xff});
                statement.executeQuery().close();
            }
        }
    }

    private static List<List<SessionEvent>> events(Recording recording) {
        List<List<SessionEvent>> all = new ArrayList<>();
        for (RecordedSession session : recording.sessions()) {
            List<SessionEvent> events = new ArrayList<>();
            session.events().forEach(event -> events.add(Restamped.of(event, session.number(), event.sequence())));
            all.add(events);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void journalToTapeToJournalGivesTheSameEvents(TapeForm form) throws Exception {
        Path original = directory.resolve("journal");
        record(original);
        Recording recorded = Recordings.open(original);
        Path tape = directory.resolve("x.tape");
        TapeTotals totals = new TapePack(form).withExactTimes().write(recorded.sessions(), tape);
        assertThat(totals.bytes()).isEqualTo(Files.size(tape));
        Recording taped = Recordings.open(tape);
        assertThat(taped.verification().complete()).isTrue();
        assertThat(events(taped)).isEqualTo(events(recorded));

        Path copy = directory.resolve("copy");
        try (var journal = ChronicleJournal.open(copy)) {
            taped.sessions().forEach(session -> Tapes.append(session.events(), journal));
        }
        assertThat(events(Recordings.open(copy))).isEqualTo(events(recorded));

        Path again = directory.resolve("again.tape");
        new TapePack(form).withExactTimes().write(Recordings.open(copy).sessions(), again);
        assertThat(Files.mismatch(tape, again)).isEqualTo(-1);
        String secret = PostgresServer.shared().password();
        assertThat(new String(Files.readAllBytes(tape), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret);
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void timesAreKeptToTheMicrosecond(TapeForm form) throws IOException {
        var journal = new InMemoryJournal("run");
        Conversations.happen(new Recorder(journal, new NanosecondClock(), OnJournalFailure.FAIL_SESSION), 50);
        Recording recorded = Recordings.of(journal);
        Path tape = directory.resolve("x.tape");
        new TapePack(form).write(recorded.sessions(), tape);
        List<SessionEvent> before = events(recorded).get(0);
        List<SessionEvent> after = events(Recordings.open(tape)).get(0);
        assertThat(before).anyMatch(event -> event.nanos() % 1_000 != 0);
        assertThat(after)
                .isEqualTo(before.stream()
                        .map(event -> Restamped.at(event, event.nanos() / 1_000 * 1_000))
                        .toList());
    }

    @Test
    void aDamagedSessionIsPackedOnlyWhenAskedForAndStaysDamaged() throws IOException {
        var journal = new InMemoryJournal("run", 2_000);
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.STOP_RECORDING);
        Conversations.happen(recorder, 20);
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        assertThat(sessions.get(0).state()).isEqualTo(SessionState.DAMAGED);
        Path tape = directory.resolve("x.tape");
        assertThatThrownBy(() -> new TapePack(TapeForm.TEXT).write(sessions, tape))
                .isInstanceOf(SessionNotPackedException.class)
                .hasMessageMatching(
                        "Session 1 is damaged: event \\d+ is where recording ended: .* with --damaged, or .*");
        assertThat(directory).isEmptyDirectory();
        new TapePack(TapeForm.TEXT).withDamaged().write(sessions, tape);
        RecordedSession taped = Recordings.open(tape).sessions().get(0);
        assertThat(taped.state()).isEqualTo(SessionState.DAMAGED);
        assertThat(taped.firstBad()).isEqualTo(sessions.get(0).firstBad());
    }
}
