package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;

/** A recording that goes onto a tape when it ends, and is left in a journal if it does not. */
@Timeout(120)
class RecordTapeTest {

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The recorder in a process of its own, and what it prints. */
    private Process start(PostgresServer server, String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Pgreel.class.getName(),
                "record",
                "--upstream",
                server.host() + ":" + server.port()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Session talk(PgClient client, String line, String sql) throws Exception {
        var port = LISTENING.matcher(line);
        assertThat(port.find()).as(line).isTrue();
        ConnectOptions options = ConnectOptions.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(port.group(1)))
                .user("pgreel_trust")
                .database(PostgresServer.shared().database())
                .sslMode(SslMode.DISABLE)
                .build();
        Session session = client.connect(options, new SessionStatusNotify() {});
        assertThat(session.query(sql).get(30, TimeUnit.SECONDS)).isInstanceOf(QueryResults.class);
        return session;
    }

    private List<String> record(String sql, String... words) throws Exception {
        Process process = start(PostgresServer.shared(), words);
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var client = PgClient.create()) {
            List<String> said = new ArrayList<>(List.of(lines.readLine()));
            talk(client, said.get(0), sql).close();
            // By its handle: the process itself would close the stream that is still to be read.
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            lines.lines().forEach(said::add);
            assertThat(process.exitValue()).as("%s", said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private Path ownerOnly(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @CsvSource({"orders.tape, PgReel", "orders.pgreel, tape 1"})
    void aTapeIsWrittenWhenRecordingEnds(String name, String begin) throws Exception {
        Path tape = directory.resolve(name);
        List<String> said = record("select 'on tape'", "--tape", tape.toString());
        assertThat(said.get(0)).contains("journal " + tape + ".journal, tape " + tape + " at the end");
        assertThat(said.get(1)).startsWith("what was recorded is 1 session, ");
        assertThat(said.get(2)).startsWith(tape + ": 1 session, ");
        assertThat(new String(Files.readAllBytes(tape), StandardCharsets.ISO_8859_1))
                .startsWith(begin);
        assertThat(Recordings.open(tape).verification().complete()).isTrue();
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(tape));
    }

    @Test
    void theTapeOfAUsersJournalHoldsWhatThisRunRecorded() throws Exception {
        Path tape = directory.resolve("orders.tape");
        Path journal = directory.resolve("journal");
        record("select 1", "--journal", journal.toString());
        record("select 2", "--journal", journal.toString(), "--tape", tape.toString());
        assertThat(Recordings.open(journal).sessions()).hasSize(2);
        assertThat(execute("show", tape.toString())).isZero();
        assertThat(out.toString()).contains("select 2").doesNotContain("select 1\"");
    }

    @Test
    void itMayBeRedactedAndEncrypted() throws Exception {
        Path tape = directory.resolve("orders.tape");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), """
                rules:
                  - name: cards
                    regex: "\\\\b\\\\d{16}\\\\b"
                """);
        Path key = ownerOnly("tape.key", "0123456789abcdef".repeat(4));
        record(
                "select '4111111111111111'",
                "--tape",
                tape.toString(),
                "--redact",
                rules.toString(),
                "--redact-key-file",
                ownerOnly("redact.key", "a key that is long enough for it").toString(),
                "--encrypt",
                "--key-file",
                key.toString());
        Recording taped = Recordings.open(tape, () -> TapeKey.read(key), ReadingProgress.NONE);
        assertThat(taped.verification().complete()).isTrue();
        assertThat(execute("show", tape.toString(), "--key-file", key.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("select '").doesNotContain("4111111111111111");
        assertThat(directory.resolve("orders.tape.journal")).doesNotExist();
    }

    @Test
    void whoIsKilledLeavesTheJournalAndNothingIsLost() throws Exception {
        Path tape = directory.resolve("orders.tape");
        Path journal = directory.resolve("orders.tape.journal");
        PostgresServer server = PostgresServer.shared();
        Process process = start(server, "--tape", tape.toString());
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var client = PgClient.create()) {
            Session session = talk(client, lines.readLine(), "select 'before the end'");
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            session.close();
        } finally {
            process.destroyForcibly();
        }
        assertThat(tape).doesNotExist();
        assertThat(execute("record", "--upstream", "127.0.0.1:1", "--tape", tape.toString(), "--", "true"))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .contains("the journal " + journal
                        + " is left of a recorder that was killed; save it with 'pgreel pack " + journal + " -o FILE'");
        assertThat(execute("pack", journal.toString(), "-o", tape.toString()))
                .as(err.toString())
                .isZero();
        assertThat(execute("show", tape.toString())).isZero();
        assertThat(out.toString()).contains("select 'before the end'", "B CommandComplete \"SELECT 1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--journal DIR/j --encrypt",
                "--journal DIR/j --redact rules.yaml",
                "--tape DIR",
                "--tape DIR/x.tape --encrypt --key-env PGREEL_NO_SUCH_KEY"
            })
    void whatCannotBeMeantIsWrongUsageAndNothingIsLeft(String words) {
        var arguments = new ArrayList<>(List.of("record", "--upstream", "127.0.0.1:1"));
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            arguments.add(word.replace("DIR", directory.toString()));
        }
        arguments.addAll(List.of("--", "true"));
        assertThat(execute(arguments.toArray(new String[0]))).as(err.toString()).isNotZero();
        assertThat(directory).isEmptyDirectory();
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
