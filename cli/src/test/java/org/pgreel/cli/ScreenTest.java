package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others wrote into a recording does not reach the terminal as a command to it. */
class ScreenTest {

    private static final String BACKSLASH = "\\";

    /** The user ends a line and rings, the database sets the window's title, the parameter clears the screen. */
    private static final String HOSTILE = """
            tape 1

            session 1
            F StartupMessage 3.0 user="ann\\n\\x07" database="d\\x1b]0;owned\\x07"
            B AuthenticationOk
            B ParameterStatus "application_name" "x\\x1b[2Jy"
            B ReadyForQuery I
            F Query "select 1"
            B ErrorResponse ERROR 22012 "division \\x1b[8mby zero"
            B ReadyForQuery I
            F Terminate
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String tape = "";

    @BeforeEach
    void writeTheTape() throws IOException {
        Path file = directory.resolve("hostile.pgreel");
        Files.writeString(file, HOSTILE);
        tape = file.toString();
    }

    @Test
    void aCellOfATableStaysInItsLine() {
        assertThat(pgreel("sessions", tape)).isZero();

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .contains("ann" + spelled("000a") + spelled("0007"))
                .contains("d" + spelled("001b") + "]0;owned" + spelled("0007"));
        assertNothingToObey();
    }

    @Test
    void whatIsKnownOfASessionIsSpelled() {
        for (String command : new String[] {"state", "show", "verify", "scan"}) {
            assertThat(pgreel(command, tape + "#1")).isZero();
        }

        assertThat(out.toString()).contains("application_name = x" + spelled("001b") + "[2Jy");
        assertNothingToObey();
    }

    @Test
    void withColoursNothingElseThanColoursIsLetThrough() {
        assertThat(pgreel("state", tape + "#1", "--color", "always")).isZero();
        assertThat(pgreel("verify", tape, "--color", "always")).isZero();

        assertThat(out.toString())
                .contains("division " + spelled("001b") + "[8mby zero")
                .contains("\u001b[32msound: ");
        assertThat(out.toString().replaceAll("\u001b\\[3[29]m", "")).doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
    }

    @Test
    void machinesReadWhatWasRecorded() throws IOException {
        assertThat(pgreel("sessions", tape, "--json")).isZero();

        var session = new ObjectMapper().readTree(out.toString()).get(0);
        assertThat(session.get("user").asText()).isEqualTo("ann\n\u0007");
        assertThat(session.get("database").asText()).isEqualTo("d\u001b]0;owned\u0007");
        assertNothingToObey();
    }

    @Test
    void theCommandLineIsSpelledWhereItIsWrong() {
        assertThat(pgreel("show", tape + "\u001b[2J")).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(pgreel("show", "--tims\u009b2J")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(err.toString())
                .contains(spelled("001b") + "[2J")
                .contains("'--tims" + spelled("009b") + "2J'")
                .contains("--times");
        assertNothingToObey();
    }

    @Test
    void aReportInMarkdownHoldsThemSpelledInOneBlock() throws IOException {
        Path recorded = directory.resolve("statement.pgreel");
        Files.writeString(recorded, HOSTILE.replace("select 1", "select '\\x1b[2J```'"));
        Path report = directory.resolve("report.md");
        assertThat(pgreel(
                        "replay",
                        recorded.toString(),
                        "--match",
                        "exchange",
                        "--listen",
                        "127.0.0.1:0",
                        "--report",
                        report.toString(),
                        "--",
                        "true"))
                .isZero();

        assertThat(report)
                .content()
                .startsWith("# Replay\n\n````\n")
                .contains("select '" + spelled("001b") + "[2J```'")
                .endsWith("\n````\n")
                .doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
        assertNothingToObey();
    }

    @Test
    void aTapeThatTellsNoTimeHasNone() {
        assertThat(pgreel("sessions", tape)).isZero();
        assertThat(pgreel("verify", tape)).isZero();
        assertThat(pgreel("show", tape)).isZero();

        assertThat(out.toString())
                .contains("      1  ?  ")
                .contains("session 1: open, 6 events, ")
                .contains(", last event 5\n")
                .doesNotContain("1970")
                .doesNotContain("# ");
    }

    private void assertNothingToObey() {
        assertThat(out.toString() + err).doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
    }

    private static String spelled(String code) {
        return BACKSLASH + "u" + code;
    }

    private int pgreel(String... arguments) {
        var commandLine = Pgreel.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
