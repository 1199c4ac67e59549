package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are found on the command line, and never printed. */
@Timeout(60)
class ScanCommandTest {

    private static final String TAPE = """
            tape 1
            session 1
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B ReadyForQuery I
            F Query "alter role ada password 'not a real one'"
            B NoticeResponse NOTICE 00000 "ask ada@example.org"
            B CommandComplete "ALTER ROLE"
            B ReadyForQuery I
            F eof
            closed client fin
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aFindIsToldWithItsPlaceAndNothingElse() throws IOException {
        String tape = Files.writeString(directory.resolve("x.pgreel"), TAPE).toString();
        assertThat(execute("scan", tape)).as(err.toString()).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString())
                .isEqualTo(tape + "#1@4: password in Query\n" + tape + "#1@5: email in NoticeResponse\n");
        String packed = directory.resolve("y.tape").toString();
        assertThat(execute("pack", tape, "-o", packed)).isZero();
        assertThat(execute("scan", packed, "--ignore", "email")).isZero();
        assertThat(out.toString()).endsWith("nothing that looks like a secret was found\n");
        assertThat(execute("scan", packed, "--json")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("{\"finds\":[{\"file\":").doesNotContain("not a real one", "ada@example");
        assertThat(execute("scan", packed, "--ignore", "nonsense")).isEqualTo(ExitStatus.WRONG_USAGE);
    }

    @Test
    void anyFileIsLookedThrough() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), "{}\n{\"api_key\":\"FAKEFAKEFAKEFAKE\"}\n");
        assertThat(execute("scan", file.toString())).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).isEqualTo(file + ", line 2: keyword\n");
        assertThat(execute("scan", directory.resolve("nowhere").toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
