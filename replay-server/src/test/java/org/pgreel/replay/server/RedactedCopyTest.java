package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.recorder.redaction.RedactionKey;
import org.pgreel.recorder.redaction.RedactionRule;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.source.RecordingSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** What is copied in and out is redacted by column, and a redacted tape answers who copies the same values again. */
@Timeout(180)
class RedactedCopyTest {

    private static final String ADA = "ada.lovelace@example.org";
    private static final String GRACE = "grace \"amazing\" hopper";
    private static final Redaction REDACTION = new Redaction(
            List.of(new RedactionRule(
                    "e-mail", Pattern.compile("(?i)people"), Set.of("email"), Set.of(), Set.of(), null, false)),
            RedactionKey.of("a key for tests, not secret"));

    @TempDir
    Path directory;

    private static byte[] tuples() {
        byte[] value = ADA.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(19 + 2 + 8 + 4 + value.length + 2)
                .put("PGCOPY\n".getBytes(StandardCharsets.US_ASCII))
                .put(new byte[] {(byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0})
                .putShort((short) 2)
                .putInt(4)
                .putInt(77)
                .putInt(value.length)
                .put(value)
                .putShort((short) -1)
                .array();
    }

    private static void in(CopyManager copies, String sql, byte[] data, int pieces) throws Exception {
        copies.copyIn(sql, new ByteArrayInputStream(data), pieces);
    }

    private static String out(CopyManager copies, String sql) throws Exception {
        var data = new ByteArrayOutputStream();
        copies.copyOut(sql, data);
        return data.toString(StandardCharsets.UTF_8);
    }

    private static List<String> program(int port, String password, int pieces) throws Exception {
        List<String> seen = new ArrayList<>();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, "pgreel_scram", password);
                var statement = connection.createStatement()) {
            statement.execute("create temp table people (id int, email text)");
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            String text = "1\t" + ADA + "\n2\t" + GRACE + "\\tx\n3\t\\N\n";
            in(copies, "copy people (id, email) from stdin", text.getBytes(StandardCharsets.UTF_8), pieces);
            String csv = "4,\"" + GRACE.replace("\"", "\"\"") + "\"\n5,\n";
            in(copies, "copy people (id, email) from stdin csv", csv.getBytes(StandardCharsets.UTF_8), pieces);
            in(copies, "copy people (id, email) from stdin (format binary)", tuples(), pieces);
            seen.add(out(copies, "copy people (id, email) to stdout"));
            seen.add(out(copies, "copy (select email, id from people) to stdout with (format csv, header)"));
            seen.add(out(copies, "copy people (email) to stdout (format binary)"));
            try (var rows = statement.executeQuery("select email from people where id = 1")) {
                rows.next();
                seen.add(rows.getString(1));
            }
        }
        return seen;
    }

    @Test
    void noCopiedValueIsOnTheTapeAndItAnswersWhoCopiesTheSame() throws Exception {
        PostgresServer server = PostgresServer.shared();
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            program(proxy.address().getPort(), server.password(), 65536);
        }
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        RedactionRun run = REDACTION.run();
        Path tape = directory.resolve("x.pgreel");
        new TapePack(TapeForm.TEXT).redactedBy(run).write(sessions, tape);

        assertThat(Files.readString(tape)).doesNotContain("lovelace", "hopper");
        assertThat(run.warnings()).isEmpty();
        assertThat(run.touches().get(0).values()).isEqualTo(4 + 3 * 4 + 1);
        List<RecordedSession> redacted = Recordings.open(tape).sessions();
        assertThat(redacted).allMatch(session -> session.state() == SessionState.WHOLE);
        ReplaySettings settings =
                ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE).withRedaction(REDACTION);
        for (int pieces : new int[] {65536, 7}) {
            answersAsRecorded(redacted, settings, pieces);
        }
        try (ReplayServer replay = ReplayServer.builder(RecordingSource.read(redacted))
                .settings(settings.withRedaction(null))
                .start()) {
            assertThatThrownBy(() -> program(replay.port(), "any", 65536))
                    .hasMessageContaining("the data of the COPY differs");
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("the data of the COPY differs");
        }
    }

    private static void answersAsRecorded(List<RecordedSession> redacted, ReplaySettings settings, int pieces)
            throws Exception {
        try (ReplayServer replay = ReplayServer.builder(RecordingSource.read(redacted))
                .settings(settings)
                .start()) {
            List<String> seen = program(replay.port(), "any", pieces);
            String ada = seen.get(3);
            assertThat(ada).isNotEqualTo(ADA).hasSameSizeAs(ADA);
            assertThat(seen.subList(0, 3)).allMatch(data -> data.contains(ada));
            ExchangeReport report = replay.report().exchanges();
            assertThat(report).isNotNull();
            assertThat(report.misses()).as(replay.report().text()).isEmpty();
        }
    }
}
