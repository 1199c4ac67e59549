package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions are exported on the command line. */
@Timeout(60)
class ExportCommandTest {

    private static final String TAPE = """
            tape 1

            session 1 proxy opened="2026-11-21T10:00:00Z" client="127.0.0.1:50001" server="127.0.0.1:5432"
            F connect
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B BackendKeyData 4711 <secret:4>
            B ReadyForQuery I
            F Query "alter role ada password 'a fake one'"
            B CommandComplete "ALTER ROLE"
            B ReadyForQuery I
            F Terminate
            F eof
            closed client fin

            session 2
            F StartupMessage 3.0 user="bob"
            B AuthenticationOk
            B ReadyForQuery I
            damaged "the disk was full"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String tape() throws IOException {
        return Files.writeString(directory.resolve("x.pgreel"), TAPE).toString();
    }

    private String exported(String format) throws IOException {
        Path file = directory.resolve("exported");
        assertThat(execute("export", tape() + "#1", "--format", format, "-o", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).isEmpty();
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "transcript,B BackendKeyData 4711 <secret:4>",
        "script,use startup",
        "jsonl,2026-11-21T10:00:00Z",
        "pqtrace,alter role ada password '**********'",
        "pcapng,PgReel session 1; connection 1; server 127.0.0.1:5432"
    })
    void eachFormatIsWrittenAndHoldsNoPassword(String format, String expected) throws IOException {
        assertThat(exported(format)).contains(expected.replace(';', ',')).doesNotContain("a fake one");
    }

    @Test
    void aScriptIsWhatServePlays() throws IOException {
        assertThat(exported("script")).isEqualTo("""
                # session 1
                connection 1 {
                  use startup
                  B AuthenticationOk
                  B BackendKeyData <pid> <key>
                  B ReadyForQuery I
                  F Query "alter role ada password '**********'"
                  B CommandComplete "ALTER ROLE"
                  B ReadyForQuery I
                  F end
                }
                """);
    }

    @Test
    void aDamagedSessionIsExportedAsFarAsItIsGoodAndSaidSo() throws IOException {
        Path file = directory.resolve("exported");
        assertThat(execute("export", tape(), "--format", "transcript", "-o", file.toString()))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(err.toString()).isEqualTo("pgreel: Session 2 is damaged and was exported as far as it is good.\n");
        assertThat(file).content().contains("# recording stopped here: the disk was full");
        assertThat(execute("export", tape(), "--format", "jsonl", "-o", file.toString(), "--json"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("\"format\":\"jsonl\",\"sessions\":2,\"left\":[\"Session 2 is damaged");
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws IOException {
        assertThat(execute("export", tape(), "--format", "pqtrace", "-o", "x")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(execute("export", tape(), "--format", "pcap")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("export", tape(), "--format", "jsonl", "--json")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .contains(
                        "A trace of libpq holds one session and cannot name it, and these are 2; name the one",
                        "'pcap' is not one of transcript, script, jsonl, pqtrace, pcapng",
                        "--json reports what was written, so the export itself needs -o FILE");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
