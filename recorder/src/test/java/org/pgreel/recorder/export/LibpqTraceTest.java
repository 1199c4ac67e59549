package org.pgreel.recorder.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.proxy.RecordingProxy;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of libpq exported as a trace is what libpq itself traced, but for CopyData, which libpq leaves out. */
@Timeout(180)
public final class LibpqTraceTest {

    private static final Logger LOG = LoggerFactory.getLogger(LibpqTraceTest.class);

    @TempDir
    Path directory;

    /** Compiles the program with libpq; skips the test with a sentence where that is not possible. */
    public static Path program(Path directory) throws Exception {
        Programs.require("gcc");
        Path source = directory.resolve("pipelines.c");
        try (InputStream in = Objects.requireNonNull(LibpqTraceTest.class.getResourceAsStream("pipelines.c"))) {
            Files.write(source, in.readAllBytes());
        }
        Path program = directory.resolve("pipelines");
        List<String> command = List.of(
                "gcc",
                "-Wall",
                "-Wextra",
                "-I/usr/include/postgresql",
                source.toString(),
                "-o",
                program.toString(),
                "-lpq");
        Programs.Ran compiled = Programs.run(directory, command, Map.of(), "");
        boolean libpqMissing = compiled.errors().contains("libpq-fe.h: No such file");
        if (libpqMissing) {
            LOG.warn("Skipped: the headers of libpq (libpq-dev) are not installed here.");
        }
        assumeTrue(!libpqMissing, "libpq-dev is not installed");
        assertThat(compiled.status()).as(compiled.errors()).isZero();
        return program;
    }

    /** Runs the program through a proxy and returns what was recorded. */
    public static RecordedSession record(Path directory, Path trace) throws Exception {
        return record(directory, trace, Map.of());
    }

    private static RecordedSession record(Path directory, Path trace, Map<String, String> libraries) throws Exception {
        Path program = program(directory);
        PostgresServer server = PostgresServer.shared();
        Map<String, String> environment = new HashMap<>(libraries);
        environment.put("PGPASSWORD", server.password());
        var journal = new InMemoryJournal("run");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .start()) {
            String target = "host=127.0.0.1 port=" + proxy.address().getPort() + " user=pgreel_scram dbname="
                    + server.database() + " sslmode=disable gssencmode=disable";
            Programs.Ran ran =
                    Programs.run(directory, List.of(program.toString(), target, trace.toString()), environment, "");
            assertThat(ran.status()).as(ran.errors()).isZero();
        }
        return Recordings.of(journal).sessions().get(0);
    }

    @Test
    void theExportIsWhatLibpqTraced() throws Exception {
        compare("the installed libpq", Map.of());
    }

    /** Of each version of PostgreSQL whose binaries were unpacked here, that of the shared server at least. */
    @Test
    void itIsWhatTheLibpqOfEachVersionTraced() throws Exception {
        PostgresServer.shared();
        String cache = System.getProperty(
                "pgreel.postgres.cache", System.getProperty("user.home") + "/.cache/pgreel/postgres");
        Programs.require("gcc");
        assumeTrue(Files.isDirectory(Path.of(cache)), "no binaries were unpacked here");
        List<String> compared = new ArrayList<>();
        try (Stream<Path> versions = Files.list(Path.of(cache))) {
            for (Path version : versions.sorted().toList()) {
                Path library = version.resolve("lib");
                if (Files.exists(library.resolve("libpq.so.5"))) {
                    String name = library.resolve("libpq.so.5")
                            .toRealPath()
                            .getFileName()
                            .toString();
                    compare(name, Map.of("LD_LIBRARY_PATH", library.toString()));
                    compared.add(name);
                }
            }
        }
        LOG.info("Compared with {}", compared);
        assertThat(compared).isNotEmpty();
    }

    private void compare(String libpq, Map<String, String> libraries) throws Exception {
        Path trace = directory.resolve("libpq.trace");
        RecordedSession session = record(directory, trace, libraries);
        var out = new ByteArrayOutputStream();
        var exporter = new SessionExporter(ExportFormat.PQTRACE);
        exporter.write(List.of(session), out);
        List<String> own = out.toString(StandardCharsets.ISO_8859_1).lines().toList();
        List<String> expected = new ArrayList<>();
        // Of CopyData libpq prints the length, and that it has not read it.
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            if (!line.matches("[FB]\t\\d+\t(CopyData.*)?") && !line.startsWith("mismatched message length:")) {
                expected.add(line);
            }
        }
        assertThat(expected).as(libpq).hasSizeGreaterThan(180);
        assertThat(own).as(libpq).isEqualTo(expected);
        assertThat(exporter.left()).isEmpty();
        LOG.info("{} lines of the export are those of the trace of {}.", own.size(), libpq);
    }
}
