package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;

/** The two commands that stand in the README, with psql between them and the database gone after the first. */
@Timeout(120)
class RecordAndReplayTest {

    private static final String PASSWORD = "a-horse-of-4-colours";

    private static final String SCRIPT = """
            create temporary table t (a int, b text);
            copy t from stdin;
            1\tone
            2\ttwo
            \\.
            select * from t order by a;
            copy t to stdout;
            select 1/0;
            listen ch; notify ch, 'hello';
            """;

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void psqlPrintsTheSameWithTheDatabaseGone() throws IOException {
        var psql = InstalledProgram.find("psql");
        Assumptions.assumeTrue(psql.isPresent(), "psql is not installed");
        Path script = Files.writeString(directory.resolve("script.sql"), SCRIPT);
        Path journal = directory.resolve("journal");
        Path live = directory.resolve("live.txt");
        Path replayed = directory.resolve("replayed.txt");
        try (var postgres = PostgresServer.start(
                PostgresOptions.defaults().superuser("postgres", PASSWORD, AuthMethod.SCRAM_SHA_256))) {
            System.out.println("recording from " + postgres.describe());
            String upstream = postgres.host() + ":" + postgres.port();

            assertThat(execute(record(upstream, journal, program(psql.get(), script, live))))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(execute(replay(journal, program(psql.get(), script, replayed))))
                .as(err.toString())
                .isZero();

        assertThat(Files.readString(replayed)).isEqualTo(Files.readString(live)).contains("hello", "division by zero");
        assertThat(execute(List.of("verify", journal.toString(), "--complete"))).isZero();
        assertNoSecretIn(journal);

        Path tape = directory.resolve("orders.tape");
        Path fromTape = directory.resolve("from-tape.txt");
        assertThat(execute(List.of("pack", journal.toString(), "-o", tape.toString())))
                .isZero();
        assertThat(execute(replay(tape, program(psql.get(), script, fromTape))))
                .as(err.toString())
                .isZero();
        assertThat(fromTape).hasSameTextualContentAs(live);
        assertNoSecretIn(tape);

        Path exported = directory.resolve("orders.pgreel");
        Path fromScript = directory.resolve("from-script.txt");
        assertThat(execute(List.of("export", tape.toString(), "--format", "script", "-o", exported.toString())))
                .as(err.toString())
                .isZero();
        assertThat(execute(join(List.of("serve", exported.toString(), "--"), program(psql.get(), script, fromScript))))
                .as(err.toString())
                .isZero();
        assertThat(fromScript).hasSameTextualContentAs(live);
    }

    @Test
    void aChangedByteIsFoundAndItsSessionNeverReplayed() throws IOException {
        var psql = InstalledProgram.find("psql");
        Assumptions.assumeTrue(psql.isPresent(), "psql is not installed");
        Path script = Files.writeString(directory.resolve("script.sql"), SCRIPT);
        Path journal = directory.resolve("journal");
        try (var postgres = PostgresServer.start(
                PostgresOptions.defaults().superuser("postgres", PASSWORD, AuthMethod.SCRAM_SHA_256))) {
            String upstream = postgres.host() + ":" + postgres.port();
            execute(record(upstream, journal, program(psql.get(), script, directory.resolve("live.txt"))));
        }
        changeAByte(journal, "select 1/0");

        assertThat(execute(List.of("verify", journal.toString()))).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(execute(List.of("replay", journal.toString(), "--", "true"))).isEqualTo(ExitStatus.INPUT_OUTPUT);

        assertThat(err.toString()).contains("Session 1 is damaged at event ");
    }

    private static List<String> record(String upstream, Path journal, List<String> program) {
        return join(List.of("record", "--upstream", upstream, "--journal", journal.toString(), "--"), program);
    }

    private static List<String> replay(Path journal, List<String> program) {
        return join(List.of("replay", journal.toString(), "--strict", "--"), program);
    }

    /** A shell puts psql's output into a file: the program's streams are those of this process. */
    private static List<String> program(Path psql, Path script, Path output) {
        String psqlCommand = "PGPASSWORD=" + PASSWORD + " PGUSER=postgres PGDATABASE=postgres " + psql
                + " --no-psqlrc --file " + script + " > " + output + " 2>&1";
        return List.of("sh", "-c", psqlCommand);
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static void assertNoSecretIn(Path journal) throws IOException {
        try (var files = Files.walk(journal)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(PASSWORD))
                        .as("the password in %s", file)
                        .isFalse();
            }
        }
    }

    private static void changeAByte(Path journal, String text) throws IOException {
        try (var files = Files.walk(journal)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                byte[] content = Files.readAllBytes(file);
                int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
                assertThat(at).isPositive();
                content[at] ^= 1;
                Files.write(file, content);
            }
        }
    }

    private int execute(List<String> arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
