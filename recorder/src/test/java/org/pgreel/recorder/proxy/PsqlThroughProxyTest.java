package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionSummary;

/** libpq's own programs work through the proxy as without it. Skipped, with a word, where they are not installed. */
@Timeout(120)
class PsqlThroughProxyTest {

    private static final String SCRIPT = ClientScripts.PSQL + """
            listen news;
            notify news, 'hello';
            """;

    @TempDir
    Path temporary;

    private final PostgresServer server = PostgresServer.shared();

    @ParameterizedTest
    @CsvSource({"pgreel_scram,DISABLE,disable", "pgreel_scram,REQUIRE,prefer", "pgreel_md5,PREFER,prefer"})
    void psqlPrintsTheSame(String user, SslMode upstream, String sslmode) throws Exception {
        Programs.require("psql");
        Path journalDirectory = temporary.resolve("journal");
        Programs.Ran direct = psql(server.port(), user, "prefer");
        Programs.Ran recorded;
        List<String> problems = new CopyOnWriteArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(journalDirectory);
                RecordingProxy proxy = start(journal, upstream, problems)) {
            recorded = psql(proxy.address().getPort(), user, sslmode);
        }
        assertThat(withoutPids(recorded)).isEqualTo(withoutPids(direct));
        assertThat(recorded.output()).contains("the end", "Asynchronous notification \"news\"");
        assertThat(problems).isEmpty();
        Recording recording = Recordings.open(journalDirectory);
        assertThat(recording.verification().complete()).isTrue();
        SessionSummary summary = SessionSummary.of(recording.sessions().get(0));
        assertThat(summary.statements()).isEqualTo(15);
        assertThat(grep(journalDirectory, server.password())).isFalse();
    }

    private static Programs.Ran withoutPids(Programs.Ran ran) {
        return new Programs.Ran(ran.status(), ran.output().replaceAll("PID [0-9]+", "PID n"), ran.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchProcessesAll(String protocol) throws Exception {
        Programs.require("pgbench");
        Path journalDirectory = temporary.resolve("journal");
        String port = Integer.toString(server.port());
        Programs.Ran initialised = run(
                List.of("pgbench", "-i", "-q", "-h", server.host(), "-p", port, "-U", server.user(), server.database()),
                "");
        assertThat(initialised.status()).as(initialised.errors()).isZero();
        try (ChronicleJournal journal = ChronicleJournal.open(journalDirectory);
                RecordingProxy proxy = start(journal, SslMode.DISABLE, new ArrayList<>())) {
            Programs.Ran ran = run(
                    List.of(
                            "pgbench",
                            "-S",
                            "-n",
                            "-M",
                            protocol,
                            "--random-seed=7",
                            "-c",
                            "1",
                            "-t",
                            "100",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(proxy.address().getPort()),
                            "-U",
                            server.user(),
                            server.database()),
                    "");
            assertThat(ran.status()).as(ran.errors()).isZero();
            assertThat(ran.output()).contains("number of transactions actually processed: 100/100");
        }
        assertThat(Recordings.open(journalDirectory).verification().complete()).isTrue();
    }

    @Test
    void psqlIsToldInOneSentenceThatTheServerIsGone() throws Exception {
        Programs.require("psql");
        List<String> problems = new CopyOnWriteArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(temporary.resolve("journal"));
                RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", 1)
                        .onProblem(problems::add)
                        .start()) {
            Programs.Ran ran = psql(proxy.address().getPort(), "pgreel_trust", "prefer");
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.errors()).contains("FATAL:  PgReel cannot reach the server at 127.0.0.1:1");
        }
        assertThat(problems).hasSize(1);
    }

    private RecordingProxy start(ChronicleJournal journal, SslMode upstream, List<String> problems) throws IOException {
        return RecordingProxy.builder(new Recorder(journal), server.host(), server.port())
                .upstreamSslMode(upstream)
                .onProblem(problems::add)
                .start();
    }

    private Programs.Ran psql(int port, String user, String sslmode) throws Exception {
        String target = "host=127.0.0.1 port=" + port + " user=" + user + " dbname=" + server.database() + " sslmode="
                + sslmode + " gssencmode=disable";
        return run(List.of("psql", "-X", "-a", target), SCRIPT);
    }

    private Programs.Ran run(List<String> command, String input) throws Exception {
        return Programs.run(temporary, command, Map.of("PGPASSWORD", server.password()), input);
    }

    private static boolean grep(Path directory, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
