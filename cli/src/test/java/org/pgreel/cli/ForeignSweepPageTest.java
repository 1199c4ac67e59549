package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The map of a program as a page: whole, safe whatever was said, and shown by a real browser. */
@Timeout(180)
class ForeignSweepPageTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path PSQL = Path.of("/usr/bin/psql");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path swept() {
        assumeTrue(Files.isExecutable(PSQL), "no " + PSQL + " here to be swept");
        Path page = directory.resolve("psql.html");
        int status = execute(
                "sweep",
                "--effects",
                "omit,append,eof",
                "--bytes",
                "--stride",
                "23",
                "-o",
                page.toString(),
                "--",
                "psql",
                "-X",
                "{url}",
                "-c",
                "{sql}");
        assertThat(status).as(out + err.toString()).isIn(ExitStatus.DONE, ExitStatus.CHECK_FAILED);
        return page;
    }

    private static JsonNode data(Path page) throws IOException {
        String text = Files.readString(page);
        String opening = "<script type=\"application/json\" id=\"data\">";
        int from = text.indexOf(opening) + opening.length();
        return new ObjectMapper().readTree(text.substring(from, text.indexOf("</script>", from)));
    }

    private static JsonNode stream(JsonNode data, String direction) {
        return StreamSupport.stream(data.path("streams").spliterator(), false)
                .filter(stream -> stream.path("direction").asText().equals(direction))
                .findFirst()
                .orElseThrow();
    }

    private static int bytes(JsonNode stream) {
        return stream.path("bytes").asText().length() / 2;
    }

    @Test
    void thePageHoldsEachRunWithItsPlaceAndWhatWasSkippedAndWhy() throws IOException {
        JsonNode data = data(swept());

        assertThat(data.path("program").asText()).startsWith("psql");
        assertThat(stream(data, "B").path("messages").path(0).path("name").asText())
                .isEqualTo("AuthenticationOk");
        assertThat(stream(data, "F").path("messages").path(0).path("name").asText())
                .isEqualTo("StartupMessage");
        assertThat(StreamSupport.stream(data.path("runs").spliterator(), false)
                        .map(run -> run.path("direction").asText())
                        .distinct())
                .containsExactlyInAnyOrder("B", "F");
        assertThat(data.path("runs")).isNotEmpty().allSatisfy(run -> {
            int bytes = bytes(stream(data, run.path("direction").asText()));
            assertThat(run.path("from").asInt()).isBetween(0, bytes);
            assertThat(run.path("to").asInt()).isBetween(run.path("from").asInt() + 1, bytes + 1);
        });
        assertThat(StreamSupport.stream(data.path("effects").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrder("omit", "append", "eof");
        long skipped = StreamSupport.stream(data.path("skipped").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
        assertThat(skipped + data.path("runs").size())
                .isEqualTo(data.path("product").asLong());
    }

    @Test
    void aBrowserColoursTheBytesByGrade() throws Exception {
        assumeTrue(Files.isExecutable(BROWSER), "no " + BROWSER + " here to show the page");
        Path page = swept();

        Path shown = directory.resolve("shown.html");
        Process browser = new ProcessBuilder(
                        BROWSER.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(shown.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(browser.waitFor()).isZero();
        String dom = Files.readString(shown);

        JsonNode data = data(page);
        int bytes = bytes(stream(data, "B")) + 1 + bytes(stream(data, "F"));
        assertThat(IntStream.iterate(
                                dom.indexOf("class=\"byte"), at -> at >= 0, at -> dom.indexOf("class=\"byte", at + 1))
                        .count())
                .isEqualTo(bytes + 1);
        assertThat(dom)
                .contains("byte 0 of AuthenticationOk", "byte 0 of StartupMessage")
                .contains("byte ok");
        assertThat(dom).contains("What the server says", "What the program says");
        assertThat(dom).contains("Sweep of psql").contains("<option>append</option>");
    }
}
