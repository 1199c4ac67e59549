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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording as one page: whole, safe whatever was said, and shown by a real browser. */
@Timeout(120)
class ReportCommandTest {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String tape() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "state.md"));
        String text = page.substring(page.indexOf("```\ntape 1") + 4);
        String hostile = text.substring(0, text.indexOf("```"))
                .replace("\"begin\"", "\"begin /* </script><script>alert(1)</script> */\"");
        return Files.writeString(directory.resolve("orders.pgreel"), hostile).toString();
    }

    private Path page() {
        return directory.resolve("orders.html");
    }

    private JsonNode data() throws IOException {
        String page = Files.readString(page());
        String opening = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(opening) + opening.length();
        return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }

    private static JsonNode row(JsonNode session, int message) {
        for (JsonNode row : session.get("rows")) {
            if (row.path("n").asInt() == message) {
                return row;
            }
        }
        throw new AssertionError("there is no message " + message);
    }

    @Test
    void thePageHoldsEachMessageAndWhatItChanged() throws IOException {
        int status = execute("report", tape() + "#1", "-o", page().toString());

        assertThat(status).isZero();
        assertThat(out.toString()).isEqualTo(page() + ": 1 session" + System.lineSeparator());
        JsonNode session = data().get("sessions").get(0);
        assertThat(row(session, 1).get("l").asText()).startsWith("F StartupMessage");
        assertThat(session.get("messages").asInt()).isGreaterThan(10);
        var phases = new ArrayList<String>();
        session.get("rows")
                .forEach(row -> phases.add(row.path("s").path("phase").asText()));
        assertThat(phases).contains("extended query", "idle");
        assertThat(session.get("damage").isNull()).isTrue();
    }

    @Test
    void aDamagedSessionIsShownAsFarAsItGoes() throws IOException {
        assertThat(execute("report", tape(), "-o", page().toString(), "--json")).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(out.toString()).contains("\"sessions\":2");
        assertThat(data().get("sessions").get(1).get("damage").asText()).contains("the disk was full");
    }

    @Test
    void whatIsTooLongForAPageIsLeftOutAndSaid() throws IOException {
        assertThat(execute("report", tape() + "#1", "-o", page().toString(), "--rows", "5"))
                .isZero();

        JsonNode session = data().get("sessions").get(0);
        assertThat(session.get("rows")).hasSize(5);
        assertThat(session.get("left").asText()).contains("the first 5 rows", "--rows");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        String nowhere = directory.resolve("nowhere").resolve("x.html").toString();

        assertThat(execute("report", tape(), "-o", nowhere)).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString()).contains("x.html cannot be written: ");
        assertThat(execute("report", tape(), "-o", page().toString(), "--rows", "0"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
    }

    @Test
    void aBrowserShowsIt() throws Exception {
        assumeTrue(Files.isExecutable(BROWSER), "no " + BROWSER + " here to show the page");
        execute("report", tape() + "#1", "-o", page().toString());

        String shown = browser();

        assertThat(shown).contains("class=\"row F", "class=\"row B", ">StartupMessage<", ">ReadyForQuery<");
        assertThat(shown).contains("State behind it");
        assertThat(shown).doesNotContain("<script>alert");
    }

    @Test
    void aReplayIsReportedInEachFormatAndItsPageShowsWhatWasSaid() throws Exception {
        Path json = directory.resolve("r.json");
        Path xml = directory.resolve("r.xml");
        int status = execute(
                "replay",
                tape() + "#1",
                "--match",
                "exchange",
                "--strict",
                "--report",
                json.toString(),
                "--report",
                xml.toString(),
                "--report",
                page().toString(),
                "--",
                "psql",
                "-X",
                "-c",
                "select 1",
                "-d",
                "postgres");
        assumeTrue(!err.toString().contains("cannot be run"), "psql is not installed");

        assertThat(status).isEqualTo(ExitStatus.CHECK_FAILED);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("passed").asBoolean()).isFalse();
        assertThat(report.get("connections")).hasSize(1);
        assertThat(Files.readString(xml))
                .contains("<testcase classname=\"pgreel.replay\" name=\"connection 1\"/>", "name=\"left over: #1@");
        assertThat(data().get("verdict").asText()).contains("not played as recorded");
        assertThat(data().get("sessions").get(0).get("rows").toString()).contains("F Query", "B DataRow");
        assumeTrue(Files.isExecutable(BROWSER), "no " + BROWSER + " here to show the page");
        for (int width : new int[] {1280, 390}) {
            assertThat(browser(width))
                    .contains("class=\"row F", ">DataRow<", "not played as recorded")
                    .doesNotContain("<pre id=\"verdict\" hidden");
        }
    }

    private String browser() throws IOException, InterruptedException {
        return browser(1280);
    }

    /** Returns the document as the browser has made it. */
    private String browser(int width) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        BROWSER.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--window-size=" + width + ",800",
                        "--virtual-time-budget=2000",
                        "--dump-dom",
                        page().toUri().toString()))
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(dom);
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
