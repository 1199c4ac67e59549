package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CoverageCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void runsAreAddedUpAndRequired() throws IOException {
        String one = file("one.json");
        String two = file("two.json");
        assertThat(execute("scenarios", "one-statement", "--run", "--chunkings", "whole", "--coverage", one))
                .isEqualTo(ExitStatus.DONE);
        assertThat(execute("sweep", "--golden", "cancel", "--stride", "100", "--coverage", two))
                .isEqualTo(ExitStatus.DONE);

        assertThat(execute(
                        "coverage",
                        one,
                        two,
                        "--min",
                        "0.1",
                        "--report",
                        file("page.html"),
                        "--report",
                        file("all.json")))
                .as(err.toString())
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("idle", "all edges: ", "enough for 0.1 %");
        assertThat(Files.readString(directory.resolve("page.html")))
                .contains("<h1>Coverage of the conversation matrix</h1>");
        assertThat(execute("coverage", file("all.json"), "--json")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("\"runs\":[\"scenarios\",\"sweep\"]", "\"missing\":[");

        assertThat(execute("coverage", one, "--of", "legal", "--require", "100", "--missing"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("missing: idle: > Flush", "are required");
    }

    @Test
    void whatIsNoCoverageIsTold() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "[]");
        assertThat(execute("coverage", wrong.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("it is no coverage of PgReel");
        assertThat(execute("coverage", wrong.toString(), "--of", "some")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(List.of(execute("coverage", file("none.json")))).containsExactly(ExitStatus.INPUT_OUTPUT);
    }
}
