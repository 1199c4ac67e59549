package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the programs of this machine against a proxy. */
final class Programs {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final int SECONDS_MAX = 90;

    private Programs() {}

    /** What a program left behind. */
    record Ran(int status, String output, String errors) {}

    /** Runs a program to its end, which must come. */
    static Ran run(Path temporary, List<String> command, Map<String, String> environment, String input)
            throws IOException, InterruptedException {
        Path in = Files.writeString(temporary.resolve("in"), input);
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s did not end", command).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Skips the test, with a sentence, unless a command succeeds that shows that a program is here. */
    static void require(String name, String... command) {
        boolean installed = isHere(command);
        if (!installed) {
            LOG.warn("Skipped: {} is not installed here.", name);
        }
        assumeTrue(installed, name + " is not installed");
    }

    /** Returns whether a command succeeds. */
    static boolean isHere(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
