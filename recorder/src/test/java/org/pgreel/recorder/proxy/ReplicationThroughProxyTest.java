package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;

/** A base backup with its log streamed beside it, which is CopyBoth, passes through the proxy. */
@Timeout(180)
class ReplicationThroughProxyTest {

    @TempDir
    Path temporary;

    @Test
    void aBaseBackupIsWhole() throws Exception {
        Optional<Path> programs = installed();
        assumeTrue(programs.isPresent(), "a PostgreSQL server with pg_basebackup is not installed");
        Path bin = programs.get();
        List<String> problems = new CopyOnWriteArrayList<>();
        Path directory = temporary.resolve("journal");
        Path backup = temporary.resolve("backup");
        try (PostgresServer server = PostgresServer.start(PostgresOptions.defaults()
                        .source(PostgresSource.parse(bin.toString()))
                        .hba("host replication all 127.0.0.1/32 trust"));
                ChronicleJournal journal = ChronicleJournal.open(directory);
                RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", server.port())
                        .clientTls(ProxyCertificate.made())
                        .onProblem(problems::add)
                        .start()) {
            String target = "host=127.0.0.1 sslmode=require user=" + server.user() + " port="
                    + proxy.address().getPort();
            Programs.Ran ran = Programs.run(
                    temporary,
                    List.of(
                            bin.resolve("pg_basebackup").toString(),
                            "-D",
                            backup.toString(),
                            "-X",
                            "stream",
                            "--checkpoint=fast",
                            "-d",
                            target),
                    Map.of("PGPASSWORD", server.password()),
                    "");
            assertThat(ran.status()).as(ran.errors()).isZero();
        }
        assertThat(problems).isEmpty();
        Programs.Ran verified = Programs.run(
                temporary, List.of(bin.resolve("pg_verifybackup").toString(), backup.toString()), Map.of(), "");
        assertThat(verified.status()).as(verified.errors()).isZero();
        Recording recording = Recordings.open(directory);
        assertThat(recording.verification().complete())
                .as(recording.verification().toString())
                .isTrue();
        assertThat(recording.sessions()).hasSize(2);
        assertThat(recording.sessions().stream()
                        .mapToLong(session -> session.bytesRead())
                        .sum())
                .isGreaterThan(1 << 20);
    }

    private static Optional<Path> installed() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (var found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres"))
                            && Files.isExecutable(bin.resolve("pg_basebackup"))
                            && Files.isExecutable(bin.resolve("pg_verifybackup")))
                    .findFirst();
        }
    }
}
