package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tapes on the command line: packed, read by every command that reads recordings, and unpacked. */
@Timeout(60)
class PackCommandTest {

    private static final String TAPE = """
            tape 1

            session 1 proxy opened="2026-11-21T10:00:00Z" client="127.0.0.1:50001" server="127.0.0.1:5432"
            F connect
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B BackendKeyData 4711 <secret:4>
            B ReadyForQuery I
            F Query "select n from t"
            B CommandComplete "SELECT 0"
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

    private Path tape() throws IOException {
        return Files.writeString(directory.resolve("x.pgreel"), TAPE);
    }

    @Test
    void everyCommandThatReadsARecordingReadsATape() throws IOException {
        String tape = tape().toString();
        assertThat(execute("sessions", "--tape", tape)).isZero();
        assertThat(out.toString()).contains("2026-11-21T10:00:00Z", "ada", "whole", "bob", "damaged");
        assertThat(execute("show", tape + "#1")).isZero();
        assertThat(out.toString()).contains("F Query \"select n from t\"", "B BackendKeyData 4711 <secret:4>");
        assertThat(execute("verify", tape)).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("session 2: damaged, event 3 is where recording ended: the disk was full");
        assertThat(execute("replay", tape + "#1", "--strict", "--", "true")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(execute("replay", "--tape", tape + "#1", "--tape", tape + "#1", "--", "true"))
                .isZero();
    }

    @Test
    void whatWasEditedIsToldAndPlayed() throws IOException {
        Path tape = directory.resolve("y.pgreel");
        assertThat(execute("pack", tape().toString(), "--damaged", "-o", tape.toString()))
                .as(err.toString())
                .isZero();
        String written = Files.readString(tape);
        assertThat(written).containsPattern("closed client fin .*\ndigest \"[0-9a-f]{64}\"\n");

        Files.writeString(tape, written.replace("F Query", "# what it asks\nF Query") + "\n# the end\n");
        assertThat(execute("sessions", tape.toString())).isZero();
        assertThat(execute("show", tape + "#1")).isZero();
        assertThat(execute("replay", tape + "#1", "--", "true")).isZero();
        assertThat(out + "" + err).doesNotContain("edited");

        Files.writeString(tape, written.replace("select n from t", "select m from t"));
        assertThat(execute("sessions", tape.toString())).isZero();
        assertThat(out.toString()).containsOnlyOnce("whole, edited");
        assertThat(execute("show", tape + "#1")).isZero();
        assertThat(out.toString()).contains("# edited since it was written");
        assertThat(execute("verify", tape + "#1")).isZero();
        assertThat(out.toString()).containsPattern("session 1: whole, .*; edited since it was written\n");
        assertThat(execute("verify", tape + "#2", "--json")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("\"state\":\"damaged\",\"edited\":false");
        assertThat(execute("replay", tape + "#1", "--", "true")).isZero();
        assertThat(err.toString()).contains("pgreel: what is replayed was edited since it was recorded: session 1");

        assertThat(execute("pack", tape.toString(), "--damaged", "-o", tape.toString()))
                .isZero();
        assertThat(execute("sessions", tape.toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"edited\":false").doesNotContain("\"edited\":true");
    }

    @Test
    void aReplayByExchangesCountsWhatIsLeftOver() throws IOException {
        String tape = tape() + "#1";
        assertThat(execute("replay", tape, "--match", "exchange", "--json", "--", "true"))
                .isZero();
        assertThat(out.toString()).contains("\"leftOver\":1", "\"statement\":\"select n from t\"", "\"misses\":[]");
        assertThat(execute("replay", tape, "--match", "exchange", "--strict", "--", "true"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString())
                .contains("left over: #1@", "1 exchanges recorded, 0 answered, 0 repeated", "not played as recorded");
        assertThat(execute("replay", tape, "--match", "likeness", "--", "true")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("'likeness' is not one of verbatim, exchange");
    }

    @ParameterizedTest
    @CsvSource({"y.tape,binary", "y.pgreel,text"})
    void aTapeIsPackedAgainAndUnpacked(String name, String form) throws IOException {
        String tape = tape().toString();
        Path packed = directory.resolve(name);
        assertThat(execute("pack", tape + "#1", "-o", packed.toString(), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "\"form\":\"" + form + "\"", "\"sessions\":1", "\"bytes\":" + Files.size(packed), "\"sha256\"");
        assertThat(err.toString()).isEmpty();
        Path journal = directory.resolve("journal");
        assertThat(execute("unpack", packed.toString(), "--journal", journal.toString()))
                .isZero();
        assertThat(out.toString()).contains("got 1 session, ");
        assertThat(execute("verify", journal.toString(), "--complete")).isZero();
        Path again = directory.resolve("again-" + name);
        assertThat(execute("pack", journal.toString(), "-o", again.toString())).isZero();
        assertThat(again).hasSameBinaryContentAs(packed);
    }

    @Test
    void aDamagedSessionIsPackedOnlyWhenAskedFor() throws IOException {
        String tape = tape().toString();
        String packed = directory.resolve("y.tape").toString();
        assertThat(execute("pack", tape, "-o", packed)).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(err.toString())
                .isEqualTo(
                        "pgreel: Session 2 is damaged: event 3 is where recording ended: the disk was full; pack what is "
                                + "good of it with --damaged, or name the sessions to pack to leave it out.\n");
        assertThat(Path.of(packed)).doesNotExist();
        assertThat(execute("pack", tape, "-o", packed, "--damaged")).isZero();
        assertThat(execute("verify", packed)).isEqualTo(ExitStatus.CHECK_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "show", "verify", "replay", "pack"})
    void aTapeThatIsCutIsNamedWithThePlace(String command) throws IOException {
        Path packed = directory.resolve("y.tape");
        assertThat(execute("pack", tape() + "#1", "-o", packed.toString())).isZero();
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length - 1));
        List<String> words = command.equals("pack")
                ? List.of(
                        command,
                        packed.toString(),
                        "-o",
                        directory.resolve("z.tape").toString())
                : List.of(command, packed.toString());
        assertThat(execute(words.toArray(String[]::new))).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("y.tape, byte ", "the tape ends before its end was due");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void fmtLeavesTapesAlone() throws IOException {
        Path tape = tape();
        assertThat(execute("fmt", directory.toString())).isZero();
        assertThat(tape).hasContent(TAPE);
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
