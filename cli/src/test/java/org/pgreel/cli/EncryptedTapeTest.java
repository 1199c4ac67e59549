package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted tapes on the command line: every command that reads recordings takes them with their key. */
@Timeout(120)
class EncryptedTapeTest {

    private static final String DIGITS = "5eed".repeat(16);

    private static final String TAPE = """
            tape 1

            session 1
            F connect
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B ReadyForQuery I
            F Query "select n from t"
            B CommandComplete "SELECT 0"
            B ReadyForQuery I
            F Terminate
            F eof
            closed client fin
            """;

    private static final String RULES = """
            rules:
              - name: numbers
                regex: "\\\\b\\\\d{16}\\\\b"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private Path key;
    private Path tape;

    @BeforeEach
    void pack() throws IOException {
        key = key("tape.key", DIGITS);
        Path plain = Files.writeString(directory.resolve("plain.pgreel"), TAPE);
        tape = directory.resolve("x.tape");
        assertThat(execute("pack", plain.toString(), "--encrypt", "--key-file", key.toString(), "-o", tape.toString()))
                .as(err.toString())
                .isZero();
        assertThat(new String(Files.readAllBytes(tape), StandardCharsets.ISO_8859_1))
                .startsWith("PgReel\r!")
                .doesNotContain("ada", "select");
    }

    private Path key(String name, String digits) throws IOException {
        Path file = Files.writeString(directory.resolve(name), digits);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private List<String> words(String line) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        key("pseudonyms.key", "a key of pseudonyms that is long enough");
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            words.add(word.replace("TAPE", tape.toString()).replace("DIR", directory.toString()));
        }
        return words;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sessions TAPE",
                "show TAPE#1",
                "state TAPE#1@7",
                "verify TAPE",
                "diff TAPE TAPE",
                "scan TAPE",
                "report TAPE -o DIR/x.html",
                "export TAPE --format jsonl -o DIR/x.jsonl",
                "import --format tape TAPE -o DIR/y.tape",
                "unpack TAPE --journal DIR/journal",
                "pack TAPE --text -o DIR/y.pgreel",
                "redact TAPE --rules DIR/rules.yaml --redact-key-file DIR/pseudonyms.key --dry-run",
                "redact TAPE --encrypt --rules DIR/rules.yaml --redact-key-file DIR/pseudonyms.key -o DIR/y.tape",
                "replay TAPE --key-file DIR/tape.key -- true"
            })
    void everyCommandThatReadsRecordingsTakesItWithItsKey(String line) throws IOException {
        List<String> words = words(line);
        if (!line.contains("--key-file")) {
            words.addAll(List.of("--key-file", key.toString()));
        }
        assertThat(execute(words.toArray(new String[0]))).as(err.toString()).isZero();
        assertThat(out + "" + err).isNotEmpty().doesNotContain("is encrypted", DIGITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions TAPE", "verify TAPE", "scan TAPE", "unpack TAPE --journal DIR/journal"})
    void withoutItsKeyItIsRefusedWithTheRemedy(String line) throws IOException {
        List<String> words = words(line);
        words.addAll(List.of("--key-env", "PGREEL_NO_SUCH_KEY"));
        assertThat(execute(words.toArray(new String[0]))).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .contains("x.tape is encrypted. There is no key: the variable PGREEL_NO_SUCH_KEY is not set");
    }

    @Test
    void anotherKeyIsToldAndNotShown() throws IOException {
        Path other = key("other.key", "0dd5".repeat(16));
        assertThat(execute("sessions", tape.toString(), "--key-file", other.toString()))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("encrypted with another key").doesNotContain("0dd5", "5eed");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(execute("sessions", tape.toString(), "--key-file", other.toString()))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("other.key is open to others than its owner; run chmod 0600 on it");
    }

    @Test
    void aTapeIsNotWrittenWithoutAKey() {
        Path packed = directory.resolve("y.tape");
        assertThat(execute(
                        "pack",
                        directory.resolve("plain.pgreel").toString(),
                        "--encrypt",
                        "--key-env",
                        "PGREEL_NO_SUCH_KEY",
                        "-o",
                        packed.toString()))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("pack", tape.toString(), "--key-file", "a", "--key-env", "B", "-o", packed.toString()))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("give one of --key-file and --key-env");
        assertThat(packed).doesNotExist();
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
