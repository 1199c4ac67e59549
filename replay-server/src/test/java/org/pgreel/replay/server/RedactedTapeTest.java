package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
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
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.redaction.RedactionKey;
import org.pgreel.recorder.redaction.RedactionRule;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.source.RecordingSource;

/** A tape that was redacted answers an application that sends the values that it always sent, without one miss. */
@Timeout(180)
class RedactedTapeTest {

    private static final RedactionKey KEY = RedactionKey.of("a key for tests, not secret");
    private static final UUID NUMBER = UUID.fromString("3b241101-e2bb-4255-8caf-4136c566a962");
    private static final String[] SECRETS = {
        "ada.lovelace@example.org", "grace.hopper@example.org", "1234567", NUMBER.toString(), "4111111111111111"
    };

    @TempDir
    Path directory;

    private static RedactionRule rule(
            String name,
            String statement,
            Set<String> columns,
            Set<Integer> parameters,
            Set<Integer> types,
            String re) {
        return new RedactionRule(
                name,
                statement.isEmpty() ? null : Pattern.compile(statement),
                columns,
                parameters,
                types,
                re.isEmpty() ? null : Pattern.compile(re),
                false);
    }

    private static Redaction redaction() {
        return new Redaction(
                List.of(
                        rule("e-mail", "customers", Set.of("email"), Set.of(), Set.of(), ""),
                        rule("new e-mail", "(?i)^insert into customers", Set.of(), Set.of(1, 3), Set.of(), ""),
                        rule("by e-mail", "where email =", Set.of(), Set.of(1), Set.of(), ""),
                        rule("ids", "", Set.of("id"), Set.of(), Set.of(), ""),
                        rule("by id", "where id =", Set.of(), Set.of(1), Set.of(), ""),
                        rule("uuids", "", Set.of(), Set.of(), Set.of(2950), ""),
                        rule("cards", "", Set.of(), Set.of(), Set.of(), "\\b\\d{16}\\b"),
                        rule("addresses", "", Set.of(), Set.of(), Set.of(), "[a-z.]+@[a-z.]+"),
                        rule("nothing", "", Set.of("nowhere"), Set.of(), Set.of(), "")),
                KEY);
    }

    /** Uses simple and extended protocol, text and binary, and asks for what it was told. */
    private static List<String> program(int port, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "pgreel_scram");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable");
        var seen = new ArrayList<String>();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?prepareThreshold=2";
        try (Connection connection = DriverManager.getConnection(url, properties);
                var statement = connection.createStatement()) {
            statement.execute("create temp table customers (id int, number uuid, email text unique, note text)");
            try (PreparedStatement insert = connection.prepareStatement("insert into customers values (?, ?, ?, ?)")) {
                for (String[] row : new String[][] {{"1234567", SECRETS[0]}, {"7654321", SECRETS[1]}}) {
                    insert.setInt(1, Integer.parseInt(row[0]));
                    insert.setObject(2, NUMBER);
                    insert.setString(3, row[1]);
                    insert.setString(4, "pays by 4111111111111111");
                    insert.execute();
                }
            }
            for (int i = 0; i < 5; i++) {
                try (PreparedStatement byMail =
                        connection.prepareStatement("select id, number, note from customers where email = ?")) {
                    byMail.setString(1, SECRETS[i % 2]);
                    try (ResultSet rows = byMail.executeQuery()) {
                        rows.next();
                        seen.add("row");
                        again(connection, rows.getInt(1), seen);
                    }
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("select note from customers where email = '" + SECRETS[0] + "'")) {
                seen.add(Boolean.toString(rows.next()));
            }
            assertThatThrownBy(
                            () -> statement.execute("insert into customers values (0, null, '" + SECRETS[0] + "', '')"))
                    .hasMessageContaining("already exists");
        }
        return seen;
    }

    private static void again(Connection connection, int id, List<String> seen) throws SQLException {
        try (PreparedStatement byId = connection.prepareStatement("select email from customers where id = ?")) {
            byId.setInt(1, id);
            try (ResultSet rows = byId.executeQuery()) {
                seen.add("found " + rows.next() + " " + rows.getString(1).contains("@"));
            }
        }
    }

    private static List<RecordedSession> recorded() throws Exception {
        PostgresServer server = PostgresServer.shared();
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            program(proxy.address().getPort(), server.password());
        }
        return Recordings.of(journal).sessions();
    }

    @Test
    void theApplicationIsAnsweredWithoutAMissAndNoValueIsOnTheTape() throws Exception {
        List<RecordedSession> sessions = recorded();
        Redaction redaction = redaction();
        RedactionRun run = redaction.run();
        Path tape = directory.resolve("x.pgreel");
        new TapePack(TapeForm.TEXT).redactedBy(run).write(sessions, tape);
        String text = Files.readString(tape, StandardCharsets.UTF_8);
        for (String secret : SECRETS) {
            assertThat(text).doesNotContain(secret);
        }
        assertThat(run.warnings()).containsExactly("The rule \"nothing\" touched nothing.");
        assertThat(run.touches().subList(0, 7))
                .allMatch(touch -> touch.values() > 0 && touch.first().startsWith("#1@"));
        List<RecordedSession> redacted = Recordings.open(tape).sessions();
        assertThat(redacted).allMatch(session -> session.state() == SessionState.WHOLE);
        ReplaySettings settings =
                ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE).withRedaction(redaction);
        try (ReplayServer server = ReplayServer.builder(RecordingSource.read(redacted))
                .settings(settings)
                .start()) {
            List<String> seen = program(server.port(), "any");
            assertThat(seen).contains("row", "found true true", "true").doesNotContain("found false false");
            ExchangeReport report = server.report().exchanges();
            assertThat(report).isNotNull();
            assertThat(report.misses()).as(server.report().text()).isEmpty();
            assertThat(report.leftOver()).isEmpty();
        }
        try (ReplayServer server = ReplayServer.builder(RecordingSource.read(redacted))
                .settings(settings.withRedaction(null))
                .start()) {
            assertThatThrownBy(() -> program(server.port(), "any")).hasMessageContaining("RP001");
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("no exchange that is left");
        }
    }

    @Test
    void aValueThatCannotHideIsNamedByItsRule() throws Exception {
        var small = new Redaction(List.of(rule("flags", "", Set.of("alive"), Set.of(), Set.of(), "")), KEY);
        PostgresServer server = PostgresServer.shared();
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                        .start();
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/postgres?sslmode=disable",
                        "pgreel_scram",
                        server.password())) {
            connection.createStatement().execute("select true as alive");
        }
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        Path tape = directory.resolve("x.tape");
        assertThatThrownBy(() ->
                        new TapePack(TapeForm.BINARY).redactedBy(small.run()).write(sessions, tape))
                .isInstanceOf(RedactionException.class)
                .hasMessageMatching("The rule \"flags\" meets a value in #1@\\d+ that no pseudonym can hide: there are"
                        + " only 26 texts of this length.*\"small: keep\"\\.");
        assertThat(directory).isEmptyDirectory();
    }
}
