package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;

/** {@code pgreel check} with psql. */
@Timeout(180)
class CheckCommandTest {

    private static final List<String> PSQL = List.of(
            "--", "psql", "-X", "host={host} port={port} user={user} dbname={dbname} sslmode={sslmode}", "-c", "{sql}");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void psqlIsThere() {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
    }

    @Test
    void aTableAndReportsSayWhatEachScenarioCameTo() throws IOException {
        Path xml = directory.resolve("check.xml");
        Path json = directory.resolve("check.json");
        Path grid = directory.resolve("psql.grid");

        int status = check(
                "ssl-junk-byte",
                "scram-huge-iterations",
                "--seed",
                "42",
                "--report",
                xml.toString(),
                "--report",
                json.toString(),
                "--report",
                grid.toString());

        assertThat(status).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString())
                .containsPattern("ssl-junk-byte +ok ")
                .containsPattern("scram-huge-iterations +never ended ")
                .contains("2 scenarios: 1 ok, 1 never ended", "seed 42");
        assertThat(Files.readString(xml)).contains("tests=\"2\" failures=\"1\"");
        assertThat(Files.readString(json)).contains("\"grade\":\"never ended\"", "\"controls\":[{");
        assertThat(Files.readString(grid)).endsWith("scram-huge-iterations never ended\nssl-junk-byte ok\n");
    }

    @Test
    void withABaselineOnlyADifferenceFails() throws IOException {
        Path grid = Files.writeString(directory.resolve("psql.grid"), "scram-huge-iterations never ended\n");

        assertThat(check("scram-huge-iterations", "--repeat", "2", "--baseline", grid.toString()))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("as in the baseline");

        assertThat(check("ssl-junk-byte", "--baseline", grid.toString())).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("ssl-junk-byte: not in the grid → ok");
    }

    @Test
    void aMisconfiguredProgramIsWrongUsageAndNotGraded() {
        assertThat(execute(List.of("check", "ssl-junk-byte", "--", "true"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("the program fails against a healthy server", "it never connected");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheCommandLineIsSaidBeforeAnythingRuns() {
        assertThat(execute(List.of("check"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(List.of("check", "--", "psql", "{prot}"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(List.of("check", "--driver", "--", "psql", "{port}")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(List.of("check", "--crash-pattern", "(", "--", "psql")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(List.of("check", "--timeout", "soon", "--", "psql"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute(List.of("check", "--baseline", "none.grid", "--", "psql")))
                .isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .contains("there is no program to check")
                .contains("the placeholder {prot} does not exist")
                .contains("takes no placeholders")
                .contains("--crash-pattern is no regular expression")
                .contains("'soon' is no time")
                .contains("the grid none.grid cannot be read: it does not exist");
    }

    private int check(String... words) {
        var all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(words));
        all.addAll(PSQL);
        return execute(all);
    }

    private int execute(List<String> arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
