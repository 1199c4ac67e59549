package org.pgreel.scenarios.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.protocol.wire.Direction;

class CoverageFileTest {
    private static final Edge EDGE = new Edge("idle", Direction.FRONTEND, "Query");
    private static final Edge OTHER = new Edge("Query", Direction.BACKEND, "ReadyForQuery(I)");

    private static EdgeCounts some() {
        var counts = new EdgeCounts();
        counts.run("one");
        counts.exercised(EDGE);
        counts.exercised(OTHER, 3);
        counts.struck(OTHER, "reset", 2);
        return counts;
    }

    @Test
    void whatIsWrittenIsRead() {
        EdgeCounts read = CoverageFile.parse(CoverageFile.print(some()));

        assertThat(read.runs()).containsExactly("one");
        assertThat(read.edges()).isEqualTo(Map.of(EDGE, 1L, OTHER, 3L));
        assertThat(read.faults()).isEqualTo(Map.of(OTHER, Map.of("reset", 2L)));
    }

    @Test
    void runsAddUpInOneFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("coverage.json");
        CoverageFile.add(file, some());
        CoverageFile.add(file, some());

        assertThat(CoverageFile.read(file).edges()).containsEntry(OTHER, 6L);
        assertThat(CoverageFile.read(file).faults()).containsEntry(OTHER, Map.of("reset", 4L));
    }

    /** Two threads of this process and two processes of their own, as the forks of a build are. */
    @Test
    @Timeout(60)
    void nothingIsLostWhereSeveralAddAtTheSameTime(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("not there yet").resolve("coverage.json");
        List<Process> processes = List.of(adding(file), adding(file));
        var threads = Executors.newFixedThreadPool(2);
        List<Future<?>> added = List.of(threads.submit(() -> Adding.add(file)), threads.submit(() -> Adding.add(file)));
        for (Future<?> each : added) {
            each.get();
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        threads.shutdown();

        assertThat(CoverageFile.read(file).edges()).containsEntry(EDGE, 4L * Adding.TIMES);
        try (Stream<Path> files = Files.list(directory.resolve("not there yet"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("coverage.json", ".coverage.json.lock");
        }
    }

    private static Process adding(Path file) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Adding.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
    }

    /** Adds to a file again and again. */
    static final class Adding {
        static final int TIMES = 25;

        private Adding() {}

        public static void main(String[] words) throws IOException {
            add(Path.of(words[0]));
        }

        static @Nullable Void add(Path file) throws IOException {
            for (int i = 0; i < TIMES; i++) {
                CoverageFile.add(file, some());
            }
            return null;
        }
    }

    @Test
    void whatIsNoCoverageIsLeftAsItIs(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pom.xml"), "<project/>");
        assertThatIllegalArgumentException().isThrownBy(() -> CoverageFile.add(file, some()));
        assertThat(file).hasContent("<project/>");
    }

    @Test
    void whatIsNoCoverageIsRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoverageFile.parse("{}"))
                .withMessage("it is no coverage of PgReel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoverageFile.parse("{"))
                .withMessageStartingWith("it is no JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoverageFile.parse("{\"pgreel\":\"coverage\",\"version\":2}"))
                .withMessageContaining("version 2");
    }

    @Test
    void thePageShowsEdgesAndFaults() {
        assertThat(CoveragePage.html(some()))
                .contains("idle: &gt; Query, 1 times", "ReadyForQuery(I), 3 times; faults: reset")
                .doesNotContain("http");
    }

    /** The rows and columns are those of the checked-in matrix, which is the documentation. */
    @Test
    void theMatrixIsThatOfTheDocumentation() throws IOException {
        List<String> document = Files.readAllLines(Path.of("..", "docs", "conversation-matrix.md"));
        List<String> rows = document.stream()
                .filter(line -> line.startsWith("## ") && !line.equals("## violated"))
                .map(line -> line.substring("## ".length()))
                .toList();
        List<String> named = MatrixFiles.lines("states.txt").stream()
                .map(line -> line.substring(0, line.indexOf(" =")))
                .toList();
        assertThat(named).isEqualTo(rows);

        String scripts = MatrixFiles.lines("states.txt").stream()
                .map(line -> line.substring(line.indexOf(" =") + " =".length()).trim())
                .filter(script -> !script.isEmpty())
                .collect(Collectors.joining("\n"));
        String documented = document.stream()
                .filter(line -> line.startsWith("After `") && !line.endsWith("**Violated**"))
                .map(line -> line.substring("After `".length(), line.lastIndexOf("`: **")))
                .collect(Collectors.joining("\n"));
        assertThat(scripts).isEqualTo(documented);
    }
}
