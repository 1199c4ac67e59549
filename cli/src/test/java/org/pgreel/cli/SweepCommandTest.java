package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class SweepCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(List<String> arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    static List<String> documented() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "sweep.md")).stream()
                .filter(line -> line.startsWith("./pgreel sweep "))
                .toList();
    }

    @TempDir
    Path directory;

    /** Writes the tape that {@code docs/rerun.md} shows, and returns where. */
    private Path tape() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "rerun.md"));
        int from = page.indexOf("tape 1\n");
        Path tape = directory.resolve("report.pgreel");
        Files.writeString(tape, page.substring(from, page.indexOf("```", from)));
        return tape;
    }

    @ParameterizedTest
    @MethodSource("documented")
    void theDocumentedCommandsFindNothingBroken(String line) throws IOException {
        List<String> words =
                List.of(line.replace("report.pgreel", tape().toString()).split(" "));
        var arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.addAll(List.of("--stride", "211"));

        assertThat(execute(arguments)).as(out + err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explorationFindsNothingBrokenAndCountsItsRuns() throws IOException {
        assertThat(execute(List.of("explore", "--runs", "400", "--seed", "3", "--json")))
                .as(out + err.toString())
                .isZero();

        JsonNode document = JsonMapper.builder().build().readTree(out.toString());
        assertThat(document.path("runs").asInt()).isEqualTo(400);
        assertThat(document.path("broken").asInt()).isZero();
    }

    @Test
    void theDocumentForMachinesCountsRuns() throws IOException {
        assertThat(execute(List.of("sweep", "--golden", "simple", "--effects", "reset", "--stride", "50", "--json")))
                .as(out + err.toString())
                .isZero();

        JsonNode document = JsonMapper.builder().build().readTree(out.toString());
        assertThat(document.path("runs").asInt()).isPositive();
        assertThat(document.path("broken").asInt()).isZero();
        assertThat(document.path("runsPerSecond").asLong()).isPositive();
        assertThat(document.path("sessions").get(0).path("name").asText()).isEqualTo("simple");
    }

    @Test
    void aRecordedSessionIsSweptUnderItsOwnName() throws IOException {
        assertThat(execute(List.of("sweep", tape() + "#1", "--effects", "reset,append", "--parallel", "2", "--json")))
                .as(out + err.toString())
                .isZero();

        JsonNode session = JsonMapper.builder()
                .build()
                .readTree(out.toString())
                .path("sessions")
                .get(0);
        assertThat(session.path("name").asText()).isEqualTo("report-1");
        assertThat(session.path("runs").asLong()).isGreaterThan(500);
        assertThat(session.path("broken").asLong()).isZero();
    }

    @Test
    void aSessionThatIsNotThereIsRefused() throws IOException {
        assertThat(execute(List.of("sweep", tape() + "#2"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("there is no session 2");
    }

    @Test
    void whatTheTimeDoesNotSufficeForIsCountedAsSkipped() {
        assertThat(execute(List.of("sweep", "--golden", "simple", "--budget", "1ms")))
                .isZero();
        assertThat(out.toString()).contains("the time was over");
    }

    @Test
    void anUnknownEffectIsRefusedByName() {
        assertThat(execute(List.of("sweep", "--golden", "--effects", "explode")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("explode").contains("corrupt");
    }

    @Test
    void aScenarioThatIsNotAboutOneSessionIsRefused() {
        assertThat(execute(List.of("sweep", "starting-up-twice-then-ready"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("not about one session");
    }
}
