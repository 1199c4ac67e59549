package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.PostgresServer;

/** The examples of cancel, time limits, notifications and function calls run, and write what they are there for. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TimeExamplesTest {

    @Test
    void aQueryIsCancelled() throws Exception {
        assertThat(written("Cancel"))
                .contains("the cancel request was sent")
                .endsWith("the query ended with 57014\nnext: alive");
    }

    @Test
    void aTimeLimitCancels() throws Exception {
        assertThat(written("TimeLimit")).isEqualTo("""
                        quick: in time
                        slow: the operation took longer than 200 ms (its time limit) and was cancelled; may have executed: false
                        next: alive""");
    }

    @Test
    void notificationsArePushed() throws Exception {
        assertThat(written("Listen")).isEqualTo("jobs: one\njobs: two\nchannels left: []");
    }

    @Test
    void aFunctionIsCalled() throws Exception {
        assertThat(written("FunctionCall")).isEqualTo("40 + 2 = 42");
    }

    private static String written(String example) throws Exception {
        PostgresServer server = PostgresServer.shared();
        Path errors = Files.createTempFile(example, ".txt");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file(example).toString(),
                        server.host(),
                        Integer.toString(server.port()),
                        server.user(),
                        server.password(),
                        server.database())
                .redirectError(errors.toFile())
                .start();
        String written = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        // A logger may tell on standard output that it has no back end.
        return String.join(
                "\n", written.lines().filter(line -> !line.startsWith("SLF4J")).toList());
    }

    private static Path file(String example) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
        return root.resolve("docs/examples/" + example + ".java").normalize();
    }
}
