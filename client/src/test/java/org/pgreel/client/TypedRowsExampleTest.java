package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.PostgresServer;

/** {@code docs/examples/TypedRows.java} runs, and writes what it is there for. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TypedRowsExampleTest {

    @Test
    void theExampleReadsTheAccountsThatItWrote() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Path errors = Files.createTempFile("typed-rows", ".txt");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        example().toString(),
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
        assertThat(written.lines().filter(line -> line.startsWith("Account")))
                .containsExactly(
                        "Account[id=1, ownerName=Ann, balance=Euro[amount=12.50], closedAt=null, tags=[new, a, b]]",
                        "Account[id=2, ownerName=Bob, balance=Euro[amount=0.10], closedAt=1970-01-01T00:00:00Z, tags=[]]");
        Files.delete(errors);
    }

    private static Path example() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
        return root.resolve("docs/examples/TypedRows.java").normalize();
    }
}
