package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.postgres.PostgresServer;

/**
 * Each file of {@code docs/examples/client} is a whole program: compiled by itself and started against a real server, it prints what
 * its last comment lines say.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ExamplesTest {
    private static final String PRINTS = "// prints: ";

    @TempDir
    static Path compiled;

    @BeforeAll
    static void compile() throws IOException {
        List<String> words = new ArrayList<>(List.of("-proc:none", "-d", compiled.toString()));
        examples().forEach(example -> words.add(example.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, said, said, words.toArray(String[]::new)))
                .as(() -> said.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    static List<Path> examples() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
        try (Stream<Path> files = Files.list(root.resolve("docs/examples/client"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachPrintsWhatItSays(Path example) throws Exception {
        List<String> expected = Files.readAllLines(example).stream()
                .filter(line -> line.startsWith(PRINTS))
                .map(line -> line.substring(PRINTS.length()))
                .toList();
        assertThat(expected).as("lines that say what " + example + " prints").isNotEmpty();

        assertThat(run(example)).as(example.toString()).isEqualTo(expected);
    }

    private static List<String> run(Path example) throws Exception {
        PostgresServer server = PostgresServer.shared();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                compiled + File.pathSeparator + System.getProperty("java.class.path"),
                example.getFileName().toString().replace(".java", ""),
                server.host(),
                Integer.toString(server.port()),
                server.user(),
                server.password(),
                server.database()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            output.transferTo(printed);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
            List<String> lines =
                    printed.toString(StandardCharsets.UTF_8).lines().toList();
            assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
            // Newer JDKs warn of what Netty does with native code, and end with a blank line.
            return lines.stream()
                    .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("WARNING: ") && !line.isBlank())
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
