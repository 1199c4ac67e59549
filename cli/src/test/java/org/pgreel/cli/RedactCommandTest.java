package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values are redacted on the command line. */
@Timeout(60)
class RedactCommandTest {

    private static final String TAPE = """
            tape 1
            session 1
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B ReadyForQuery I
            F Query "select email from customers where card = '4111111111111111'"
            B RowDescription email:text
            B DataRow "ada.lovelace@example.org"
            B CommandComplete "SELECT 1"
            B ReadyForQuery I
            F Terminate
            F eof
            closed client fin
            """;

    private static final String RULES = """
            rules:
              - name: e-mail
                columns: [email]
              - name: cards
                regex: "\\\\b\\\\d{16}\\\\b"
              - name: phones
                columns: [phone]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("x.pgreel"), TAPE);
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        Path key = Files.writeString(directory.resolve("key"), "a key for tests, not secret\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void aDryRunShowsWhatIsTouchedAndWritesNothing() {
        assertThat(execute(
                        "redact",
                        path("x.pgreel"),
                        "--rules",
                        path("rules.yaml"),
                        "--redact-key-file",
                        path("key"),
                        "--dry-run"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("""
                rule    values  kept  messages  first
                e-mail       1     0         1  #1@6
                cards        1     0         1  #1@4
                phones       0     0         0  -
                The rule "phones" touched nothing.
                """);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("x.pgreel", "rules.yaml", "key");
    }

    @Test
    void aKeyThatOthersMayReadIsRefusedWithTheRemedy() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        String[] words = {"--rules", path("rules.yaml"), "--redact-key-file", path("key"), "--dry-run"};
        assertThat(execute("redact", path("x.pgreel"), words[0], words[1], words[2], words[3], words[4]))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("key is open to others than its owner; run chmod 0600 on it");
    }

    @Test
    void aRedactedTapeHoldsPseudonyms() throws IOException {
        assertThat(execute(
                        "pack",
                        path("x.pgreel"),
                        "--redact",
                        path("rules.yaml"),
                        "--redact-key-file",
                        path("key"),
                        "-o",
                        path("y.pgreel")))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).isEqualTo("pgreel: The rule \"phones\" touched nothing.\n");
        assertThat(Files.readString(directory.resolve("y.pgreel")))
                .doesNotContain("4111111111111111", "ada.lovelace")
                .containsPattern("B DataRow \"[a-z]{3}\\.[a-z]{8}@[a-z]{7}\\.[a-z]{3}\"")
                .containsPattern("card = '[1-9]\\d{15}'");
        assertThat(execute("verify", path("y.pgreel"), "--complete")).isZero();
    }

    @Test
    void whatIsWrongIsOneSentence() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "rules:\n  - name: x\n    colums: [email]\n");
        assertThat(execute("redact", path("x.pgreel"), "--rules", path("bad.yaml"), "--dry-run"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("redact", path("x.pgreel"), "--rules", path("rules.yaml")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("redact", path("x.pgreel"), "--dry-run")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(
                        "replay",
                        path("x.pgreel"),
                        "--redact",
                        path("rules.yaml"),
                        "--redact-key-file",
                        path("key"),
                        "--",
                        "true"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .contains("bad.yaml", "colums", "columns")
                .contains("say where to with -o FILE, or give --dry-run")
                .contains("no rules were named; give --rules FILE")
                .contains("a redacted tape is matched by exchanges: give --match exchange");
        assertThat(execute("schema", "redaction")).isZero();
        assertThat(out.toString()).contains("PgReel redaction rules");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
