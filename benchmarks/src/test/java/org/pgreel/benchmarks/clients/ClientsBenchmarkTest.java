package org.pgreel.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.benchmarks.peer.Workload;

/** Everything together, too short to measure anything: every client reads the same at both servers. */
@Timeout(180)
class ClientsBenchmarkTest {

    @TempDir
    Path directory;

    @Test
    void everyChecksumAgrees() throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Plan plan = Plan.parse(List.of("--quick", "--out", directory.toString(), "--jvm", "-XX:TieredStopAtLevel=1"));
        Launcher launcher = new Launcher(home, outputDirectory(), plan.flags());
        assumeTrue(launcher.isBuilt("benchmarks"), "the class paths are written by the whole build only");

        List<Rounds> all = new ClientsBenchmark(plan, launcher, new PrintWriter(new StringWriter())).run();

        assertThat(all).extracting(Rounds::workload).contains(Workload.values());
        assertThat(Files.readString(directory.resolve("clients.md"))).contains("## Goals");
        assertThat(directory.resolve("clients.json")).exists();
    }

    /** The quick profile builds elsewhere; the classes of this test tell where. */
    private static String outputDirectory() throws Exception {
        Path classes = Path.of(ClientsBenchmark.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Path.of("").toAbsolutePath().relativize(classes.getParent()).toString();
    }
}
