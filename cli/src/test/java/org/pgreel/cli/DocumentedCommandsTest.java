package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.postgres.PostgresServer;

/**
 * The commands of the documentation work as they stand there, by a shell, against a real server. A server of ours that would
 * wait for clients is given a command that does nothing; addresses are those of this machine.
 */
@Timeout(300)
class DocumentedCommandsTest {

    private static final String PGREEL = """
            #!/bin/sh
            kind=$1
            case "$kind $*" in
            *" -- "*) ;;
            record*|replay*) set -- "$@" -- true ;;
            esac
            "%s" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --add-opens=java.base/java.lang.reflect=ALL-UNNAMED \\
                --add-exports=java.base/sun.nio.ch=ALL-UNNAMED \\
                --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED -cp "$PGREEL_CLASSES" org.pgreel.cli.Pgreel "$@"
            status=$?
            echo "$status $*" >> statuses
            exit $status
            """;

    /** The application whose sessions are recorded. */
    private static final String PROGRAM = """
            #!/bin/sh
            psql -X -q -v ON_ERROR_STOP=1 <<'END'
            create temp table customers (id int, name text, email text);
            insert into customers values (1, 'ada', 'ada.lovelace@example.org');
            select email from customers where id = 1;
            END
            """;

    private static final String CAPTURE = """
            #!/bin/sh
            "$(dirname "$0")/pgreel" export orders --format pcapng -o lo.pcap
            """;

    @TempDir
    Path directory;

    private final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void recordTwoSessions() throws Exception {
        assumeTrue(isHere("psql"), "psql is not installed");
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        program(programs.resolve("pgreel"), PGREEL.formatted(java));
        program(programs.resolve("tcpdump"), CAPTURE);
        program(directory.resolve("integration-tests"), PROGRAM);
        program(directory.resolve("mvnw"), "#!/bin/sh\n");
        shell("pgreel record --upstream db:5432 --journal orders -- ./integration-tests\n".repeat(2));
        shell("pgreel export orders --format jsonl -o orders.jsonl; pgreel pack orders -o orders.tape");
    }

    private static void program(Path file, String text) throws IOException {
        assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
    }

    private static boolean isHere(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Returns the blocks of a page that are fenced as that language. */
    private static List<String> blocks(String page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : Files.readAllLines(Path.of("..", "docs", page + ".md"))) {
            if (block == null && line.startsWith("```")) {
                block = new StringBuilder(line.equals("```" + language) ? "" : "-");
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks.stream().filter(each -> !each.startsWith("-")).toList();
    }

    private String shell(String script) throws Exception {
        String here = script.replace("db:5432", server.host() + ":" + server.port())
                .replaceAll("127\\.0\\.0\\.1:(5433|6432)", "127.0.0.1:0")
                .replace("--unix /run/user/1000", "--unix /tmp");
        Path out = Files.createTempFile(directory, "shell", ".out");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", here)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        var environment = builder.environment();
        environment.put("PATH", directory.resolve("programs") + ":" + environment.get("PATH"));
        environment.put("PGREEL_CLASSES", System.getProperty("java.class.path"));
        environment.put("PGUSER", "pgreel_scram");
        environment.put("PGPASSWORD", server.password());
        environment.put("PGDATABASE", server.database());
        Process shell = builder.start();
        try {
            assertThat(shell.waitFor(120, TimeUnit.SECONDS)).as(here).isTrue();
        } finally {
            shell.destroyForcibly();
        }
        String said = Files.readString(out);
        assertThat(shell.exitValue()).as("%s%n%s", here, said).isLessThanOrEqualTo(1);
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorder", "export", "import", "scan", "redaction", "tapes"})
    void theCommandsOfAPageWork(String page) throws Exception {
        for (String rules : blocks(page, "yaml")) {
            Files.writeString(directory.resolve("rules.yaml"), rules);
        }
        List<String> blocks = blocks(page, "").stream()
                .filter(block -> block.contains("pgreel "))
                .map(block ->
                        block.lines().filter(line -> !line.startsWith("tshark")).collect(Collectors.joining("\n")))
                .toList();
        assertThat(blocks).isNotEmpty();
        StringBuilder said = new StringBuilder();
        for (String block : blocks) {
            said.append(shell(block));
        }
        List<String> statuses = Files.readAllLines(directory.resolve("statuses"));
        assertThat(statuses)
                .as(said.toString())
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.startsWith("0 ") || line.startsWith("1 scan "));
        assertThat(said.toString()).doesNotContain("not found", "No such file");
    }
}
