package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.recording.Recordings;

/** The recording proxy as a program: what it says, what it counts, how it stops. */
@Timeout(120)
class RecordCommandTest {

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tls-cert x.crt",
                "--upstream-sslcert x.crt",
                "--upstream-sslmode allow",
                "--upstream-sslnegotiation direct --upstream-sslmode prefer",
                "--channel-binding reauthenticate",
                "--channel-binding maybe",
                "--max-sessions -1",
                "--idle-timeout soon",
                "--metrics nowhere",
                "--once",
                "--roll sometimes",
                "--max-size much",
                "--max-size 1MiB",
                "--retain 3weeks",
                "--stripes 0",
                "--stripes 9",
                "--stripes many"
            })
    void whatCannotBeMeantIsWrongUsageAndNothingIsOpened(String words) {
        var arguments = new ArrayList<>(List.of("record", "--upstream", "127.0.0.1:1", "--journal"));
        arguments.add(directory.resolve("journal").toString());
        arguments.addAll(List.of(words.split(" ", -1)));
        arguments.addAll(List.of("--", "true"));

        assertThat(execute(arguments)).as(err.toString()).isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(directory.resolve("journal")).doesNotExist();
    }

    @Test
    void sessionsUnderWayMayEndBeforeItStops() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Path journal = directory.resolve("journal");
        String upstream = server.host() + ":" + server.port();
        for (int run = 0; run < 2; run++) {
            assertThat(execute(
                            List.of("record", "--upstream", upstream, "--journal", journal.toString(), "--", "true")))
                    .isZero();
        }
        Process process = start(
                "--upstream",
                upstream,
                "--journal",
                journal.toString(),
                "--retain",
                "1KiB",
                "--tls",
                "--metrics",
                "0",
                "--max-sessions",
                "1",
                "--drain",
                "60s");
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var client = PgClient.create()) {
            String line = out.readLine();
            assertThat(line).startsWith("listening on 127.0.0.1:").contains("TLS offered", "journal " + journal);
            int port = Integer.parseInt(found("listening on 127\\.0\\.0\\.1:([0-9]+)", line));
            ConnectOptions options = ConnectOptions.builder()
                    .host("127.0.0.1")
                    .port(port)
                    .user("pgreel_trust")
                    .database(server.database())
                    .sslMode(SslMode.REQUIRE)
                    .build();
            Session session = client.connect(options, new SessionStatusNotify() {});
            assertThat(session.query("select 'before'").get(30, TimeUnit.SECONDS))
                    .isInstanceOf(QueryResults.class);
            String metrics = get(found("metrics on (http://[^ )]+)", line));
            assertThat(metrics)
                    .contains("pgreel_sessions_total 1\n", "pgreel_sessions 1\n", "# TYPE pgreel_lag_seconds summary\n")
                    .containsPattern("pgreel_bytes_total\\{direction=\"backend\"\\} [1-9][0-9]+\n")
                    .containsPattern("pgreel_journal_files_retired_total [12]\n")
                    .containsPattern("pgreel_messages_total\\{direction=\"frontend\"\\} [1-9]\n");

            // By its handle: the process itself would close the stream that is still to be read.
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(session.query("select 'after'").get(30, TimeUnit.SECONDS))
                    .isInstanceOf(QueryResults.class);
            session.close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).contains("holds 1 session");
        } finally {
            process.destroyForcibly();
        }
        assertThat(Recordings.open(journal).verification().complete()).isTrue();
    }

    @Test
    void aJournalStaysWithinItsSizeAndWhatWentIsTold() {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        PostgresServer server = PostgresServer.shared();
        Path journal = directory.resolve("journal");
        String upstream = server.host() + ":" + server.port();
        for (int run = 0; run < 5; run++) {
            var arguments = new ArrayList<>(List.of("record", "--upstream", upstream, "--journal", journal.toString()));
            arguments.addAll(List.of("--roll", "minutely", "--max-size", "32MiB", "--upstream-sslmode", "disable"));
            arguments.addAll(
                    List.of("--", "psql", "-qAt", "-U", "pgreel_trust", "-d", server.database(), "-o", "/dev/null"));
            arguments.addAll(List.of("-c", "select repeat('x', 1000) from generate_series(1, 9000)"));
            assertThat(execute(arguments)).as(err.toString()).isZero();
        }
        // The run goes with its only file, or behind it, as the moment comes.
        assertThat(err.toString())
                .containsPattern("pgreel: retired "
                        + Pattern.quote(journal.resolve("run-000001").toString())
                        + "(/stripe-0)? \\(1 session, ");
        assertThat(journal.resolve("run-000001")).doesNotExist();
        assertThat(journal.resolve("run-000005")).exists();

        String verified = out(List.of("verify", journal.toString()));
        assertThat(verified).contains("sound: ").contains("retired: ").contains(" with ");
        assertThat(out(List.of("verify", "--json", journal.toString())))
                .contains("\"sound\":true")
                .containsPattern("\"retiredSessions\":[1-9]");
    }

    @Test
    void aJournalOfSeveralStripesIsReadAsOne() {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        PostgresServer server = PostgresServer.shared();
        Path journal = directory.resolve("journal");
        String upstream = server.host() + ":" + server.port();
        for (int run = 1; run <= 2; run++) {
            var arguments = new ArrayList<>(List.of("record", "--upstream", upstream, "--journal", journal.toString()));
            arguments.addAll(List.of("--stripes", "2", "--upstream-sslmode", "disable"));
            arguments.addAll(List.of("--", "psql", "-qAt", "-U", "pgreel_trust", "-d", server.database()));
            arguments.addAll(List.of("-c", "select 'run " + run + "'", "-c", "\\c -", "-c", "select 'again'"));
            assertThat(execute(arguments)).as(err.toString()).isZero();
        }
        assertThat(journal.resolve("run-000001/stripe-1")).exists();
        assertThat(out(List.of("verify", journal.toString()))).contains("sound: ");
        assertThat(out(List.of("show", journal + "#1"))).contains("run 1");
        assertThat(out(List.of("show", journal + "#2"))).contains("again");
        assertThat(out(List.of("show", journal + "#3"))).contains("run 2");
    }

    @Test
    void onceItStopsByItselfWhenTheFirstSessionIsOver() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Path journal = directory.resolve("journal");
        Process process =
                start("--upstream", server.host() + ":" + server.port(), "--journal", journal.toString(), "--once");
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var client = PgClient.create()) {
            ConnectOptions options = ConnectOptions.builder()
                    .host("127.0.0.1")
                    .port(Integer.parseInt(found("listening on 127\\.0\\.0\\.1:([0-9]+)", out.readLine())))
                    .user("pgreel_trust")
                    .database(server.database())
                    .sslMode(SslMode.DISABLE)
                    .build();
            Session session = client.connect(options, new SessionStatusNotify() {});
            assertThat(session.query("select 1").get(30, TimeUnit.SECONDS)).isInstanceOf(QueryResults.class);
            assertThat(process.isAlive()).isTrue();
            session.close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).contains("holds 1 session");
        } finally {
            process.destroyForcibly();
        }
        assertThat(Recordings.open(journal).verification().complete()).isTrue();
    }

    @Test
    void onceIsEnoughForPsqlThroughASocketOfUnix() throws Exception {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        PostgresServer server = PostgresServer.shared();
        Path journal = directory.resolve("journal");
        // The path of a socket has 107 bytes at most.
        Path sockets = Files.createTempDirectory("pgreel");
        String upstream = server.host() + ":" + server.port();
        Process process =
                start("--upstream", upstream, "--journal", journal.toString(), "--once", "--unix", sockets.toString());
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String port = found("listening on 127\\.0\\.0\\.1:([0-9]+)", out.readLine());
            Process psql = new ProcessBuilder(List.of(
                            "psql",
                            "-XAt",
                            "-h",
                            sockets.toString(),
                            "-p",
                            port,
                            "-U",
                            "pgreel_trust",
                            "-d",
                            server.database(),
                            "-c",
                            "select 6 * 7"))
                    .redirectErrorStream(true)
                    .start();
            assertThat(psql.inputReader(StandardCharsets.UTF_8).lines()).contains("42");
            assertThat(psql.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(sockets);
        }
        assertThat(Recordings.open(journal).verification().complete()).isTrue();
    }

    private static String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        return answer.body();
    }

    private static String found(String pattern, String line) {
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Pgreel.class.getName(),
                "record"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(Files.createFile(directory.resolve("errors")).toFile())
                .start();
    }

    private String out(List<String> arguments) {
        var out = new StringWriter();
        assertThat(execute(arguments, out)).as(err.toString()).isZero();
        return out.toString();
    }

    private int execute(List<String> arguments) {
        return execute(arguments, new StringWriter());
    }

    private int execute(List<String> arguments, StringWriter out) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
