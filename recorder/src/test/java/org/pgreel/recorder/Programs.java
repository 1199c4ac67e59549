package org.pgreel.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs of others for tests. */
public final class Programs {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    private Programs() {}

    /** What a program left. */
    public record Ran(int status, String output, String errors) {}

    /** Skips the test with a sentence if the program is not installed. */
    public static void require(String program) {
        boolean installed;
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            installed = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            installed = false;
        }
        if (!installed) {
            LOG.warn("Skipped: {} is not installed here.", program);
        }
        assumeTrue(installed, program + " is not installed");
    }

    /** Runs a program to its end, which must come within two minutes. */
    public static Ran run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(directory, "program", ".out");
        Path err = Files.createTempFile(directory, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("%s did not end", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }
}
