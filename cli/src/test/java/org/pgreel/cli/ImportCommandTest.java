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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other formats are imported on the command line. */
@Timeout(60)
class ImportCommandTest {

    private static final String TAPE = """
            tape 1

            session 1 proxy opened="2026-11-21T10:00:00Z" client="127.0.0.1:50001" server="127.0.0.1:5432"
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl,0,",
        "pcapng,0,",
        "script,0,The script holds neither times nor addresses; nor how messages were cut.",
        "pqtrace,1,A trace of libpq holds neither the login; which was made up; nor CopyData"
    })
    void whatWasExportedIsImported(String format, int verified, String lost) throws IOException {
        Files.writeString(directory.resolve("x.pgreel"), TAPE);
        assertThat(execute("export", path("x.pgreel"), "--format", format, "-o", path("y")))
                .isZero();
        assertThat(execute("import", path("y"), "--format", format, "-o", path("z.tape")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith(path("z.tape") + " got 1 session\n" + (lost == null ? "" : lost.replace(';', ',')));
        assertThat(execute("show", path("z.tape"))).isEqualTo(verified);
        assertThat(out.toString()).contains("F Query \"select n from t\"\n");
        assertThat(execute("verify", path("z.tape"))).isEqualTo(verified);
        assertThat(execute("replay", path("z.tape"), "--", "true"))
                .isEqualTo(verified == 0 ? ExitStatus.DONE : ExitStatus.INPUT_OUTPUT);
    }

    @Test
    void aTapeGoesIntoAJournal() throws IOException {
        Files.writeString(directory.resolve("x.pgreel"), TAPE);
        assertThat(execute("import", path("x.pgreel"), "--format", "tape", "--journal", path("journal"), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("\"sessions\":1,\"lost\":[]");
        assertThat(execute("verify", path("journal"), "--complete")).isZero();
    }

    @Test
    void whatCannotBeImportedIsOneSentence() throws IOException {
        Files.writeString(directory.resolve("x"), "use login\n");
        assertThat(execute("import", path("x"), "--format", "script", "-o", path("y")))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .startsWith("pgreel: " + path("x") + " cannot be imported: Line 1: ")
                .hasLineCount(1);
        assertThat(execute("import", path("x"), "--format", "pcapng")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("import", path("nowhere"), "--format", "jsonl", "-o", path("y")))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .contains("say where to: --journal DIR or -o FILE", "cannot be read: it does not exist");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
