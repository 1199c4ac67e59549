package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgreel scenarios --run}; in memory, that is. */
@Timeout(120)
class ScenariosRunTest {
    /** The client has no reason to fail here, so the script asks for what does not happen. */
    private static final String FAILING = """
            name: failing
            shows: A result that nobody told.
            origin: ["here"]
            phase: query
            outcome: answered
            script: |
              use login
              > query "select 1"
              statement "select 1" {
                B RowDescription n:int4
                B DataRow "1"
                B CommandComplete "SELECT 1"
              }
              < row "2"
              < done "SELECT 1"
              F end
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aScenarioThatPassesIsCountedWithItsRuns() {
        assertThat(execute("scenarios", "ssl-junk-byte", "--run", "--chunkings", "whole,bytes"))
                .as(out.toString())
                .isZero();

        assertThat(out.toString()).isEqualTo("1 passed (2 runs), 0 failed, 0 waiting\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aScenarioThatFailsIsToldWithTheTranscriptAndTheCommandThatRepeatsIt() throws IOException {
        Path file = Files.writeString(directory.resolve("failing.pgreel.yaml"), FAILING);

        assertThat(execute("scenarios", file.toString(), "--run", "--chunkings", "whole"))
                .isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(out.toString())
                .startsWith("failed ")
                .contains("failing ")
                .contains("< row \"2\"")
                .contains("B DataRow \"1\"")
                .contains("--run --chunkings whole")
                .endsWith("0 passed (0 runs), 1 failed, 0 waiting\n");
    }

    @Test
    void forMachinesThereIsOneDocument() throws IOException {
        Path file = Files.writeString(directory.resolve("failing.pgreel.yaml"), FAILING);

        int status = execute("scenarios", "ssl-junk-byte", file.toString(), "--run", "--chunkings", "whole", "--json");

        assertThat(status).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(err.toString()).isEmpty();
        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(document.path("passed").asInt()).isEqualTo(1);
        assertThat(document.path("failed").asInt()).isEqualTo(1);
        assertThat(document.path("scenarios").get(0).path("verdict").asText()).isEqualTo("passed");
        assertThat(document.path("scenarios").get(1).path("chunking").asText()).isEqualTo("whole");
        assertThat(document.path("scenarios").get(1).path("problem").asText()).isNotEmpty();
    }

    @Test
    void reportsAreWritten() throws IOException {
        Path xml = directory.resolve("run.xml");
        Path lines = directory.resolve("run.jsonl");

        int status = execute(
                "scenarios",
                "ssl-junk-byte",
                "--run",
                "--chunkings",
                "whole",
                "--report",
                xml.toString(),
                "--report",
                lines.toString());

        assertThat(status).isZero();
        assertThat(Files.readString(xml)).contains("<testsuite").contains("ssl-junk-byte");
        assertThat(Files.readString(lines))
                .startsWith("{\"name\":\"ssl-junk-byte\"")
                .endsWith("}\n");
    }

    @Test
    void aWordThatIsNoFragmentationIsWrongUsage() {
        assertThat(execute("scenarios", "ssl-junk-byte", "--run", "--chunkings", "hole"))
                .isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(err.toString()).startsWith("pgreel: --chunkings: \"hole\" is no fragmentation; use all, memory,");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void whatOnlyARunUnderstandsIsWrongUsageWithoutOne() {
        assertThat(execute("scenarios", "--chunkings", "whole")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).isEqualTo("pgreel: --chunkings belongs to --run\n");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
