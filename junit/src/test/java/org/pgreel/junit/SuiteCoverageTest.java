package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.CoverageFile;
import org.pgreel.scenarios.coverage.Edge;
import org.pgreel.scenarios.coverage.EdgeCounts;

/** A suite of one's own leaves in a file what it has exercised of the protocol. */
@Timeout(120)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SuiteCoverageTest {
    private static final Edge CAME = new Edge("nothing was said", Direction.FRONTEND, "StartupMessage");

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameAFile() {
        file = directory.resolve("target").resolve("coverage.json");
        System.setProperty(RunSettings.COVERAGE, file.toString());
    }

    @AfterEach
    void forgetTheFile() {
        System.clearProperty(RunSettings.COVERAGE);
    }

    /** Two tests, each with a server of its own. */
    static class Suite {
        @Test
        @Script(Database.ONE_ANSWER)
        void asks(ReplayServer server) throws Exception {
            Database.ask(server.jdbcUrl() + "&preferQueryMode=simple", "select 42");
        }

        @Test
        @Script("! cut: reset @ B DataRow\n" + Database.ONE_ANSWER)
        void meetsAFault(ReplayServer server) {
            try {
                Database.ask(server.jdbcUrl() + "&preferQueryMode=simple", "select 42");
            } catch (SQLException reset) {
                assertThat(reset.getMessage()).contains("I/O error");
            }
        }
    }

    /** One server for two tests. */
    @Script(Database.ONE_ANSWER)
    static class Sharing {
        @Test
        void asks(ReplayServer server) throws Exception {
            Database.ask(server.jdbcUrl() + "&preferQueryMode=simple", "select 42");
        }

        @Test
        void asksToo(ReplayServer server) throws Exception {
            asks(server);
        }
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private EdgeCounts written() throws IOException {
        return CoverageFile.read(file);
    }

    @Test
    void allTestsAddToOneFileWithTheFaultsThatStruck() throws IOException {
        assertThat(run(Suite.class).succeeded().count()).isEqualTo(2);
        assertThat(run(Sharing.class).succeeded().count()).isEqualTo(2);

        assertThat(written().runs()).containsExactly("junit");
        assertThat(written().edges()).containsEntry(CAME, 4L);
        assertThat(written().faults().toString()).contains("DataRow={reset=1}");
    }

    @Test
    void aServerThatIsStoppedByHandCountsToo() throws Exception {
        PgReel database = PgReel.script(Database.ONE_ANSWER);
        Database.ask(database.jdbcUrl() + "&preferQueryMode=simple", "select 42");
        assertThat(file).doesNotExist();
        database.stop();
        database.stop();

        assertThat(written().edges()).containsEntry(CAME, 1L);
    }

    @Test
    void aServerThatNobodyStopsCountsWhenTheJvmEnds() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dpgreel.seed=1",
                NeverStopped.class.getName());
        command.environment().put("PGREEL_COVERAGE", file.toString());
        assertThat(command.inheritIO().start().waitFor()).isZero();

        assertThat(written().edges()).containsEntry(CAME, 1L);
    }

    /** A program that leaves its server to the end of the JVM. */
    static final class NeverStopped {
        private NeverStopped() {}

        public static void main(String[] words) throws Exception {
            Database.ask(PgReel.script(Database.ONE_ANSWER).jdbcUrl() + "&preferQueryMode=simple", "select 42");
            System.exit(0);
        }
    }

    @Test
    void whatIsNoCoverageIsLeftAsItIsAndFailsTheTest() throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "[]");

        List<Throwable> failures = run(Suite.class).failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();

        assertThat(failures).isNotEmpty();
        assertThat(failures.get(0)).isInstanceOf(ExtensionConfigurationException.class);
        assertThat(failures.get(0))
                .hasMessage("pgreel.coverage: " + file + " is not to be added to: it is no coverage of PgReel");
        assertThat(file).hasContent("[]");
    }
}
