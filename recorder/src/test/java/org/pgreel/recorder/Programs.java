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
    private static final int SECONDS_MAX = 120;

    private Programs() {}

    /** What a program left behind. */
    public record Ran(int status, String output, String errors) {}

    /** Skips the test with a sentence if a program is not installed. */
    public static void require(String program) {
        require(program, program, "--version");
    }

    /** Skips the test, with a sentence, unless a command succeeds that shows that a program is here. */
    public static void require(String name, String... command) {
        boolean installed = isHere(command);
        if (!installed) {
            LOG.warn("Skipped: {} is not installed here.", name);
        }
        assumeTrue(installed, name + " is not installed");
    }

    /** Returns whether a command succeeds. */
    public static boolean isHere(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Runs a program to its end, which must come.
     *
     * @param temporary takes what it reads and says
     */
    public static Ran run(Path temporary, List<String> command, Map<String, String> environment, String input)
            throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile(temporary, "program", ".in"), input);
        Path out = Files.createTempFile(temporary, "program", ".out");
        Path err = Files.createTempFile(temporary, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS))
                    .as("%s did not end", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
