package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;

/** A program is swept from the command line: with two statements, and with what was recorded of it. */
@Timeout(180)
class ForeignSweepCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeEach
    void needPsql() {
        assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void whatSpeaksAgainstAProgramIsRepeatedByOneCommandAndPlayedByAScenario() throws IOException {
        String found = directory.resolve("found").toString();
        int status = execute(
                "sweep",
                "--effects",
                "duplicate",
                "--direction",
                "B",
                "--json",
                "--scenarios",
                found,
                "--",
                "psql",
                "-X",
                "{url}",
                "-Atc",
                "{sql}");
        assertThat(status).as(out + err.toString()).isEqualTo(ExitStatus.CHECK_FAILED);
        JsonNode broken = new ObjectMapper().readTree(out.toString()).path("broken");
        String fault = "! duplicate @ B DataRow #1";
        JsonNode lost = null;
        for (JsonNode each : broken) {
            lost = each.path("fault").asText().equals(fault) ? each : lost;
        }
        assertThat(Objects.requireNonNull(lost).path("grade").asText()).isEqualTo("wrong answer");
        assertThat(lost.path("again").asText())
                .isEqualTo("pgreel sweep --effects duplicate --direction B --json --only '" + fault
                        + "' -- psql -X '{url}' -Atc '{sql}'");

        assertThat(execute(
                        "sweep",
                        "--effects",
                        "duplicate",
                        "--only",
                        fault,
                        "--",
                        "psql",
                        "-X",
                        "{url}",
                        "-Atc",
                        "{sql}"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("1 runs", "the first again: pgreel sweep");

        assertThat(gradesOfScenarios(Path.of(found))).isEqualTo(gradesOfTheSweep(broken));
    }

    private static Map<String, String> gradesOfTheSweep(JsonNode broken) {
        Map<String, String> grades = new TreeMap<>();
        broken.forEach(each ->
                grades.put(each.path("fault").asText(), each.path("grade").asText()));
        return grades;
    }

    /** Checks the program with each scenario that a sweep has written. */
    private Map<String, String> gradesOfScenarios(Path directory) throws IOException {
        List<String> words = new ArrayList<>(List.of("check", "--json"));
        Map<String, String> faults = new HashMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                words.add(file.toString());
                String fault = Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("!"))
                        .findFirst()
                        .orElseThrow();
                faults.put(file.getFileName().toString().replace(".pgreel.yaml", ""), fault);
            }
        }
        words.addAll(List.of("--", "psql", "-X", "{url}", "-Atc", "{sql}"));
        assertThat(execute(words.toArray(String[]::new))).isEqualTo(ExitStatus.CHECK_FAILED);
        Map<String, String> grades = new TreeMap<>();
        new ObjectMapper()
                .readTree(out.toString())
                .path("cases")
                .forEach(each -> grades.put(
                        faults.get(each.path("name").asText()),
                        each.path("grade").asText()));
        return grades;
    }

    @Test
    void aRecordedProgramIsSweptWithItsOwnRecording() throws IOException {
        Path tape = directory.resolve("orders.pgreel");
        try (InputStream orders = getClass().getResourceAsStream("/org/pgreel/catalogue/query/orders.pgreel")) {
            Files.copy(Objects.requireNonNull(orders), tape);
        }
        String[] program = {
            "--",
            "psql",
            "-X",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            "begin",
            "-c",
            "insert into orders (item) values ('tea')",
            "-c",
            "commit"
        };
        assertThat(execute(with(program, "sweep", tape + "#1", "--effects", "reset", "--json")))
                .as(out + err.toString())
                .isEqualTo(ExitStatus.DONE);
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("runs").asInt()).isGreaterThan(1);
        assertThat(document.path("counts").toString()).doesNotContain("not applicable");

        assertThat(execute("sweep", tape + "#1", "--", "psql", "{url}", "-c", "{sql}"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("leave {sql} out");
    }

    private static String[] with(String[] program, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(program));
        return all.toArray(String[]::new);
    }

    @Test
    void aBudgetEndsASweepAndCoverageIsCounted() throws IOException {
        Path coverage = directory.resolve("coverage.json");
        assertThat(execute(
                        "sweep",
                        "--effects",
                        "reset",
                        "--budget",
                        "1ms",
                        "--coverage",
                        coverage.toString(),
                        "--",
                        "psql",
                        "-X",
                        "{url}",
                        "-Atc",
                        "{sql}"))
                .as(out + err.toString())
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("the time was over", "0 runs");
        assertThat(coverage).exists();
    }
}
