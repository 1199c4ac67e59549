package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --color} colours, and what it leaves as it is. */
class PaintTest {

    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String CYAN = "\u001b[36m";
    private static final String FAINT = "\u001b[2m";
    private static final String DEFAULT = "\u001b[39m";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String tape = "";

    @BeforeEach
    void writeATape() throws IOException {
        Path file = directory.resolve("a.pgreel");
        Files.writeString(file, """
                tape 1

                session 1 server="db:5432"
                F StartupMessage 3.0 user="ada"
                B AuthenticationOk
                B ReadyForQuery I
                F Query "select 1/0"
                B ErrorResponse ERROR 22012 "division by zero"
                B ReadyForQuery I
                F Terminate
                """);
        tape = file.toString();
    }

    @Test
    void aTranscriptTellsItsSidesAndItsErrors() {
        assertThat(pgreel("show", tape, "--color", "always")).isZero();

        assertThat(out.toString().lines())
                .contains(FAINT + "# server db:5432" + "\u001b[22m")
                .contains(
                        FAINT + "# server db:5432" + "\u001b[22m",
                        CYAN + "F Query" + DEFAULT + " \"select 1/0\"",
                        RED + "B ErrorResponse" + DEFAULT + " ERROR 22012 \"division by zero\"",
                        "B ReadyForQuery I",
                        CYAN + "F Terminate" + DEFAULT);
    }

    @Test
    void theNumberAndTheTimeBeforeAMessageStayAsTheyAre() {
        assertThat(pgreel("show", tape, "--color", "always", "--times", "--from", "4", "--to", "4"))
                .isZero();

        assertThat(out.toString()).containsPattern("(?m)^4\\+[0-9.]+ \u001b\\[36mF Query\u001b");
    }

    @Test
    void aVerdictIsGreenOrRed() {
        assertThat(pgreel("verify", tape, "--color", "always")).isZero();
        assertThat(out.toString()).contains(GREEN + "sound: 1 session, 1 open" + DEFAULT);

        assertThat(pgreel("diff", tape, tape, "--color", "always")).isZero();
        assertThat(out.toString()).contains(GREEN + "same behaviour" + DEFAULT);
    }

    @Test
    void whatWentWrongIsColouredToo() {
        assertThat(pgreel("verify", tape + "x", "--color", "always")).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertThat(err.toString()).startsWith(RED + "pgreel:" + DEFAULT + " ").contains(tape + "x");
    }

    @Test
    void nothingIsColouredForAPipeOrForMachinesOrWhenForbidden() {
        assertThat(pgreel("show", tape)).isZero();
        assertThat(pgreel("show", tape, "--color", "auto")).isZero();
        assertThat(pgreel("show", tape, "--color", "never")).isZero();
        assertThat(pgreel("show", tape, "--color", "always", "--json")).isZero();
        assertThat(pgreel("verify", tape + "x", "--color", "never")).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertThat(out.toString() + err).contains("B ErrorResponse").doesNotContain("\u001b");
    }

    @Test
    void anotherWordIsWrongUsage() {
        assertThat(pgreel("show", tape, "--color", "mauve")).isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(err.toString()).contains("'mauve' is not one of auto, always, never");
    }

    @Test
    void columnsOfATableAreAsWideAsTheyLook() {
        var paint = new Paint(true);
        var table = new TextTable("who", ">how many", "how");
        table.row("ours", 7, paint.good("yes"));
        table.row(paint.bad("theirs"), 12, paint.faint(""));
        table.print(new PrintWriter(out, true));

        assertThat(out.toString())
                .isEqualTo(String.join(
                        "\n",
                        "who     how many  how",
                        "ours           7  " + GREEN + "yes" + DEFAULT,
                        RED + "theirs" + DEFAULT + "        12",
                        ""));
    }

    @Test
    void eachLineOfATextIsColouredForItself() {
        var paint = new Paint(true);

        assertThat(paint.bad("one\ntwo\n")).isEqualTo(RED + "one" + DEFAULT + "\n" + RED + "two" + DEFAULT + "\n");
        assertThat(paint.verdictBelow(true, "one\ntwo")).isEqualTo("one\n" + GREEN + "two" + DEFAULT);
    }

    private int pgreel(String... arguments) {
        var commandLine = Pgreel.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
