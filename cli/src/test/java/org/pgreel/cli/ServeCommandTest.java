package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;

/** {@code pgreel serve}, with psql as the program and a socket as the client. */
@Timeout(120)
class ServeCommandTest {

    private static final String[] PSQL = {
        "psql", "-X", "host={host} port={port} user={user} sslmode={sslmode} gssencmode=disable", "-c", "select 1"
    };

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aProgramIsJudgedByTheScenarioAndNotByItsExitStatus() throws IOException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        Path xml = directory.resolve("runs.xml");
        Path html = directory.resolve("runs.html");

        int status = execute(
                program("serve", "ssl-junk-byte", "--report", xml.toString(), "--report", html.toString(), "--", PSQL));

        assertThat(out.toString()).contains("psql ended with status 2", "run 1 passed: played to the end");
        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(xml)).contains("tests=\"1\" failures=\"0\"");
        assertThat(Files.readString(html)).contains("ssl-junk-byte run 1");
    }

    @Test
    void aDepartureIsAFailedCheckWithTheMismatch() throws IOException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        Path script =
                Files.writeString(directory.resolve("two.pgreel"), "use login\nstatement \"select 2\" {\n}\nF end\n");

        assertThat(execute(program("serve", script.toString(), "--json", "--", PSQL)))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("\"passed\":false", "expected statement \\\"select 2\\\"");
    }

    /** The statement may have been carried out: whoever sends it again on another connection has made two orders. */
    @Test
    void whatAProgramDoesOnItsSecondConnectionIsJudgedToo() {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        String order = "psql -X 'host={host} port={port} user={user} sslmode=disable' -c begin"
                + " -c \"insert into orders (item) values ('tea')\" -c commit";

        assertThat(execute("serve", "commit-applied-ack-lost", "--", "sh", "-c", order))
                .isEqualTo(ExitStatus.DONE);
        assertThat(execute("serve", "commit-applied-ack-lost", "--", "sh", "-c", order + " || " + order))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("run 1 failed", "never");
    }

    @Test
    void aProgramThatNeverConnectsIsAFailedCheck() {
        assertThat(execute("serve", "ssl-junk-byte", "--", "true")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("the program never connected to this server");
    }

    @Test
    void whatCannotBeServedIsNamed() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong.pgreel"), "B RedyForQuery I\n");

        assertThat(execute("serve", "ssl-junk-bite")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("serve")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("serve", "--all", "--", "true")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("serve", "ssl-junk-byte", "--report", "runs.txt")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(execute("serve", wrong.toString())).isEqualTo(ExitStatus.INPUT_OUTPUT);
        assertThat(err.toString())
                .contains("ssl-junk-byte")
                .contains("name the scenarios to serve, or give --all")
                .contains("'pgreel check' runs it against many")
                .contains("runs.txt ends with none of .json .jsonl")
                .contains("wrong.pgreel: line 1, column 3");
    }

    @Test
    void severalScenariosGetAPortEachAndEndWithTheLastVerdict() throws Exception {
        Path ready = directory.resolve("ready.json");
        Path lines = directory.resolve("runs.jsonl");
        try (var printed = new PipedReader();
                var reader = new BufferedReader(printed)) {
            var sink = new PrintWriter(new PipedWriter(printed), true);
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> Pgreel.commandLine()
                    .setOut(sink)
                    .execute(
                            "serve",
                            "ssl-junk-byte",
                            "ssl-refused-when-required",
                            "--once",
                            "--ready-file",
                            ready.toString(),
                            "--report",
                            lines.toString()));
            int first = port(reader.readLine());
            int second = port(reader.readLine());
            visit(first);
            assertThat(reader.readLine()).startsWith("ssl-junk-byte run 1 failed: ");
            visit(second);

            assertThat(status.join()).isEqualTo(ExitStatus.CHECK_FAILED);
            assertThat(Files.readString(ready))
                    .startsWith("{\"ssl-junk-byte\":{")
                    .contains("\"port\":" + first, "\"port\":" + second);
            assertThat(Files.readAllLines(lines)).hasSize(2);
        }
    }

    private static int port(String line) {
        assertThat(line).startsWith("listening on 127.0.0.1:").contains(" for ssl-");
        return Integer.parseInt(line.replaceFirst("listening on 127.0.0.1:(\\d+) .*", "$1"));
    }

    /** Says something that no script of ours awaits. */
    private static void visit(int port) throws IOException {
        try (var client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        }
    }

    private static String[] program(Object... words) {
        return java.util.Arrays.stream(words)
                .flatMap(word -> word instanceof String[] more
                        ? java.util.Arrays.stream(more)
                        : java.util.stream.Stream.of((String) word))
                .toArray(String[]::new);
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
