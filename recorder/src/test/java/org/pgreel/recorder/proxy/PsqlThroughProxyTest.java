package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.SessionSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** libpq's own programs work through the proxy as without it. Skipped, with a word, where they are not installed. */
@Timeout(120)
class PsqlThroughProxyTest {

    private static final Logger LOG = LoggerFactory.getLogger(PsqlThroughProxyTest.class);

    private static final String SCRIPT = """
            select n, md5(n::text) from generate_series(1, 20) n;
            create temp table t (a int, b text);
            copy t from stdin;
            1\tone
            2\ttwo
            \\.
            copy t to stdout;
            select 1/0;
            begin;
            savepoint s;
            selec;
            rollback to s;
            commit;
            listen news;
            notify news, 'hello';
            select 'the end' as last;
            """;

    @TempDir
    Path temporary;

    private final PostgresServer server = PostgresServer.shared();

    private record Ran(int status, String output, String errors) {}

    @ParameterizedTest
    @CsvSource({"pgreel_scram,DISABLE,disable", "pgreel_scram,REQUIRE,prefer", "pgreel_md5,PREFER,prefer"})
    void psqlPrintsTheSame(String user, SslMode upstream, String sslmode) throws Exception {
        requireProgram("psql");
        Path journalDirectory = temporary.resolve("journal");
        Ran direct = psql(server.port(), user, "prefer");
        Ran recorded;
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
        assertThat(summary.statements()).isEqualTo(13);
        assertThat(grep(journalDirectory, server.password())).isFalse();
    }

    private static Ran withoutPids(Ran ran) {
        return new Ran(ran.status(), ran.output().replaceAll("PID [0-9]+", "PID n"), ran.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchProcessesAll(String protocol) throws Exception {
        requireProgram("pgbench");
        Path journalDirectory = temporary.resolve("journal");
        String port = Integer.toString(server.port());
        Ran initialised = run(
                List.of("pgbench", "-i", "-q", "-h", server.host(), "-p", port, "-U", server.user(), server.database()),
                "");
        assertThat(initialised.status()).as(initialised.errors()).isZero();
        try (ChronicleJournal journal = ChronicleJournal.open(journalDirectory);
                RecordingProxy proxy = start(journal, SslMode.DISABLE, new ArrayList<>())) {
            Ran ran = run(
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
        requireProgram("psql");
        List<String> problems = new CopyOnWriteArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(temporary.resolve("journal"));
                RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", 1)
                        .onProblem(problems::add)
                        .start()) {
            Ran ran = psql(proxy.address().getPort(), "pgreel_trust", "prefer");
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

    private Ran psql(int port, String user, String sslmode) throws Exception {
        String target = "host=127.0.0.1 port=" + port + " user=" + user + " dbname=" + server.database() + " sslmode="
                + sslmode + " gssencmode=disable";
        return run(List.of("psql", "-X", "-a", target), SCRIPT);
    }

    private Ran run(List<String> command, String input) throws Exception {
        Path in = Files.writeString(temporary.resolve("in"), input);
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("PGPASSWORD", server.password(), "LC_ALL", "C"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s did not end", command)
                .isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void requireProgram(String program) {
        boolean installed;
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            installed = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            installed = false;
        }
        if (!installed) {
            LOG.warn("Skipped: {} is not installed here.", program);
        }
        assumeTrue(installed, program + " is not installed");
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
