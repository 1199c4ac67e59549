package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;

/** What {@code pgreel rerun} prints and how it ends; and that its page is true. */
@Timeout(120)
class RerunCommandTest {

    private static PostgresServer latest;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String page = "";
    private Path tape = Path.of("");
    private Path password = Path.of("");

    @BeforeAll
    static void startTheServer() {
        latest = PostgresServer.start(PostgresOptions.defaults().source(PostgresSource.newest()));
    }

    @AfterAll
    static void stopTheServer() {
        latest.close();
    }

    @BeforeEach
    void writeTheTapeOfThePage() throws IOException {
        page = Files.readString(Path.of("..", "docs", "rerun.md"));
        int at = page.indexOf("```\ntape 1") + 4;
        tape = Files.writeString(directory.resolve("report.pgreel"), page.substring(at, page.indexOf("```", at)));
        password = Files.writeString(directory.resolve("password"), latest.password() + "\n");
    }

    @Test
    void thePageShowsWhatTheCommandPrints() {
        assertThat(rerun(tape)).as(err.toString()).isEqualTo(ExitStatus.CHECK_FAILED);

        String version = out.toString().replaceFirst("run again on \\S+", "run again on 18.6");
        assertThat(page).contains(version.replace(directory + "/", ""));
    }

    @Test
    void theUpdatedTapeHoldsAndIsForTheSameClients() throws IOException {
        assertThat(rerun(tape, "--update")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("trailing junk", "DataRow \"123\"", "written to " + tape)
                .doesNotContain("no tape");
        assertThat(tape)
                .content()
                .contains("trailing junk", "F StartupMessage 3.0 user=\"postgres\" database=\"postgres\"");

        assertThat(rerun(tape)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("same behaviour");
    }

    @Test
    void anotherTapeMayBeWritten() {
        Path other = directory.resolve("other.tape");

        assertThat(rerun(tape, "-o", other.toString())).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(execute("verify", other.toString(), "--complete")).isZero();
        assertThat(execute("diff", tape + "#1", other + "#1")).isEqualTo(ExitStatus.CHECK_FAILED);
    }

    @Test
    void theDocumentIsForMachines() {
        assertThat(rerun(tape, "--json")).isEqualTo(ExitStatus.CHECK_FAILED);

        assertThat(out.toString())
                .startsWith("{\"same\":false,\"recorded\":[\"14.24\"],\"live\":[\"18.")
                .contains("\"failures\":[]", "\"kind\":\"message\"", "\"tape\":null");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTapeIsNotReplacedByARunThatFailed() throws IOException {
        String before = Files.readString(tape);
        Files.writeString(password, "another\n");

        assertThat(rerun(tape, "--update")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("session 1 cannot log in", "no tape was written");
        assertThat(tape).content().isEqualTo(before);
    }

    @Test
    void whatDoesNotFitTogetherIsWrongUsage() {
        assertThat(rerun(tape, "--update", "-o", "x.tape")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(rerun(Path.of(tape + "#1"), "--update")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("is one session; write another tape with -o FILE");
        assertThat(rerun(tape, "--patience", "0")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("rerun", tape.toString())).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(rerun(directory.resolve("none"))).isEqualTo(ExitStatus.INPUT_OUTPUT);
    }

    private int rerun(Path recording, String... more) {
        var arguments = new ArrayList<>(List.of("rerun", recording.toString(), "--upstream"));
        arguments.add(latest.host() + ":" + latest.port());
        arguments.addAll(List.of("--user", latest.user(), "--password-file", password.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
