package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;

/** Faults over a recording, from the command line; and that their page is true. */
@Timeout(60)
class FaultedReplayTest {

    private static final String LOST = "swallow, reset @ B CommandComplete \"COMMIT\"";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String page = "";
    private Path tape = Path.of("");

    @BeforeEach
    void writeTheTape() throws IOException {
        page = Files.readString(Path.of("..", "docs", "replay.md"));
        tape = directory.resolve("orders.pgreel");
        try (InputStream orders = getClass().getResourceAsStream("/org/pgreel/catalogue/query/orders.pgreel")) {
            Files.copy(Objects.requireNonNull(orders), tape);
        }
    }

    @Test
    void aNaiveClientThatTriesAgainIsCaughtByTheLedger() throws IOException {
        Path script = Files.writeString(directory.resolve("order.sh"), block("psql -c begin"));

        assertThat(replay("--fault", LOST, "--", "sh", script.toString())).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(page).contains(out.toString());
    }

    @Test
    void aClientThatDoesNotTryAgainPasses() throws IOException {
        Path once = Files.writeString(
                directory.resolve("once.sh"),
                block("psql -c begin").lines().findFirst().orElseThrow() + " true\n");

        assertThat(replay("--fault", LOST, "--", "sh", once.toString()))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("1 of 1 fault fired", "0 sent again: passed");
    }

    @Test
    void whatIsReplayedIsCountedWithAndWithoutFaults() throws IOException {
        Path once = Files.writeString(
                directory.resolve("once.sh"),
                block("psql -c begin").lines().findFirst().orElseThrow() + " true\n");
        String coverage = directory.resolve("coverage.json").toString();

        assertThat(replay("--coverage", coverage, "--fault", LOST, "--", "sh", once.toString()))
                .as(out.toString())
                .isZero();
        assertThat(replay("--coverage", coverage, "--", "true")).isZero();

        assertThat(Files.readString(Path.of(coverage)))
                .contains("\"runs\" : [ \"replay\" ]", "\"effect\" : \"swallow\"");
        assertThat(replay("--mode", "record", "--upstream", "localhost:1", "--coverage", coverage, "--", "true"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("is to be recorded now");
    }

    @Test
    void whatIsNoFaultIsToldWithOneThatIs() {
        String[][] remedies = {
            {"reset before CommandComplete", "reset @ before B CommandComplete #1"},
            {"reset commandcomplete \"COMMIT\"", "reset @ B CommandComplete \"COMMIT\" #1"},
            {"delay @ B DataRow #3", "delay 300ms @ B DataRow #3"},
            {"swallow, rest @ B CommandComplete", "swallow @ B CommandComplete #1"},
            {"drop the Query", "reset @ F Query #1"},
            {"explode", "reset @ B CommandComplete #1"}
        };
        for (String[] remedy : remedies) {
            assertThat(replay("--fault", remedy[0], "--", "true")).isEqualTo(ExitStatus.WRONG_USAGE);
            assertThat(err.toString()).contains("'! " + remedy[0] + "'").contains("; write: " + remedy[1]);
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void reportsTellOfFaultsAndOfWhatWasSentAgain() throws IOException {
        Path script = Files.writeString(directory.resolve("order.sh"), block("psql -c begin"));
        var arguments = new ArrayList<>(List.of("--fault", LOST, "--fault", "reset @ connection 9"));
        for (String suffix : List.of("json", "jsonl", "xml", "md", "html")) {
            arguments.addAll(
                    List.of("--report", directory.resolve("report." + suffix).toString()));
        }
        arguments.addAll(List.of("--", "sh", script.toString()));

        assertThat(replay(arguments.toArray(String[]::new))).isEqualTo(ExitStatus.CHECK_FAILED);

        for (String suffix : List.of("json", "jsonl")) {
            assertThat(Files.readString(directory.resolve("report." + suffix)))
                    .contains("\"passed\":false", "\"unfired\":[\"! reset @ connection 9\"]", "\"resent\":[{");
        }
        assertThat(Files.readString(directory.resolve("report.md")))
                .contains("fired: ! swallow", "1 of 2 faults fired, 0 statements missed, 1 sent again: failed");
        assertThat(Files.readString(directory.resolve("report.xml")))
                .contains(
                        "tests=\"5\" failures=\"2\"",
                        "name=\"fault ! swallow, reset @ B CommandComplete &quot;COMMIT&quot;\"/>",
                        "<failure message=\"never fired: ! reset @ connection 9\">",
                        "name=\"sent again on connection 2\"");
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("1 of 2 faults fired", "insert into orders (item)");
    }

    @Test
    void aProhibitionInAFileHoldsToo() throws IOException {
        Path faults = Files.writeString(
                directory.resolve("faults"),
                "! lost: " + LOST + "\nnever after lost statement <regex \"(?i)insert into orders.*\">\n");
        Path script = Files.writeString(directory.resolve("order.sh"), block("psql -c begin"));

        assertThat(replay("--json", "--faults", faults.toString(), "--", "sh", script.toString()))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString())
                .contains("\"passed\":false", "never after lost", "\"fired\":[\"! lost: " + LOST.replace("\"", "\\\""));
    }

    @Test
    void aFaultThatDoesNotFireFailsTheRun() {
        assertThat(replay("--fault", LOST, "--", "true")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("never fired: ! " + LOST, "0 of 1 fault fired");
    }

    @Test
    void aFaultThatCannotFireIsRefusedBeforeAnythingIsServed() throws IOException {
        assertThat(replay("--fault", "reset @ B DataRow", "--", "true")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .contains(
                        "'! reset @ B DataRow', column 1: the fault can never fire: the recording holds no such DataRow");

        assertThat(replay("--fault", "restet @ B DataRow")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("column 3", "did you mean reset?");

        Path faults = Files.writeString(directory.resolve("faults"), "# lost\n! reset @ B CommandComplete \"X\"\n");
        assertThat(replay("--faults", faults.toString())).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("faults: line 2, column 1", "holds B CommandComplete \"BEGIN\"");

        assertThat(replay("--never", "F PasswordMessage ...", "--fault", "B ReadyForQuery I"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
    }

    private String block(String start) {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        int at = page.indexOf(start);
        return page.substring(at, page.indexOf("```", at));
    }

    private int replay(String... more) {
        var arguments = new ArrayList<>(List.of("replay", tape.toString(), "--match", "exchange"));
        arguments.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
