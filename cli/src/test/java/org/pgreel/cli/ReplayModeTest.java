package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresServer;

/** A tape is recorded where it is missing, and played where it is there. */
@Timeout(120)
class ReplayModeTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aMissingTapeIsRecordedAndThenPlayed() throws IOException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        Path tape = directory.resolve("orders.pgreel");
        PostgresServer postgres = PostgresServer.shared();
        String upstream = postgres.host() + ":" + postgres.port();
        List<String> ask = ask(postgres, "select 6 * 7 as answer", "live.txt");

        assertThat(replay(tape, List.of("--mode", "record-missing", "--upstream", upstream), ask))
                .as(err.toString())
                .isZero();
        assertThat(tape).content().contains("select 6 * 7 as answer");
        String recorded = Files.readString(tape);

        assertThat(replay(tape, List.of("--mode", "record-missing", "--upstream", "127.0.0.1:1"), ask))
                .as(err.toString())
                .isZero();
        assertThat(directory.resolve("live.txt")).content().contains("42");
        assertThat(tape).content().isEqualTo(recorded);

        assertThat(replay(tape, List.of("--mode", "record", "--upstream", upstream), List.of("false")))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(tape).content().isEqualTo(recorded);
        assertThat(replay(
                        tape,
                        List.of("--mode", "record", "--upstream", upstream),
                        ask(postgres, "select 'anew'", "anew.txt")))
                .isZero();
        assertThat(tape).content().contains("anew").doesNotContain("6 * 7");
        assertThat(Files.list(directory).map(file -> String.valueOf(file.getFileName())))
                .containsExactlyInAnyOrder("orders.pgreel", "live.txt", "anew.txt");
    }

    @Test
    void aStatementThatIsMissingOnTheTapeIsAppendedToIt() throws IOException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        for (String name : List.of("orders.pgreel", "orders.tape")) {
            Path tape = directory.resolve(name);
            PostgresServer postgres = PostgresServer.shared();
            Path password = Files.writeString(directory.resolve("password"), postgres.password());
            List<String> upstream = List.of(
                    "--mode",
                    "record-missing",
                    "--upstream",
                    postgres.host() + ":" + postgres.port(),
                    "--upstream-password-file",
                    password.toString());
            assertThat(replay(tape, upstream, ask(postgres, "select 6 * 7", "live.txt")))
                    .as(err.toString())
                    .isZero();
            byte[] before = Files.readAllBytes(tape);
            List<String> both = ask(postgres, "select 6 * 7\" -c \"select 'mint tea'", "both.txt");
            List<String> exchange = new ArrayList<>(upstream);
            exchange.addAll(List.of("--match", "exchange", "--strict"));

            assertThat(replay(tape, exchange, List.of("sh", "-c", both.get(2) + "; false")))
                    .isEqualTo(ExitStatus.CHECK_FAILED);
            assertThat(out.toString()).contains("1 recorded now").contains("is left alone, for the program failed");
            assertThat(tape).hasBinaryContent(before);

            assertThat(replay(tape, exchange, both)).as(out + "" + err).isZero();
            assertThat(out.toString())
                    .contains("connection 1 asked what was not recorded, and is now: select 'mint tea'")
                    .contains("0 missed, 0 left over, 1 recorded now")
                    .contains("a session of what was recorded now is appended to " + tape);
            assertThat(directory.resolve("both.txt")).content().contains("42").contains("mint tea");

            assertThat(replay(tape, List.of("--match", "exchange", "--strict"), both))
                    .as(out + "" + err)
                    .isZero();
            assertThat(out.toString()).contains("2 exchanges recorded, 2 answered");
        }
        assertThat(Files.list(directory).map(file -> String.valueOf(file.getFileName())))
                .containsExactlyInAnyOrder("orders.pgreel", "orders.tape", "live.txt", "both.txt", "password");
    }

    private List<String> ask(PostgresServer postgres, String sql, String file) {
        String command = "PGPASSWORD='" + postgres.password() + "' psql -X -U " + postgres.user() + " -d "
                + postgres.database() + " -c \"" + sql + "\" > " + directory.resolve(file);
        return List.of("sh", "-c", command);
    }

    @Test
    void whatDoesNotFitTogetherIsWrongUsage() {
        Path tape = directory.resolve("none.pgreel");

        assertThat(replay(tape, List.of("--mode", "record-missing"), List.of("true")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("none.pgreel is not there: give --upstream HOST:PORT");
        assertThat(replay(tape, List.of("--upstream", "127.0.0.1:1"), List.of("true")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(replay(directory, List.of("--mode", "record", "--upstream", "127.0.0.1:1"), List.of("true")))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--mode record records one tape");
        assertThat(replay(tape, List.of("--mode", "often"), List.of("true"))).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(replay(tape, List.of(), List.of("true"))).isEqualTo(ExitStatus.INPUT_OUTPUT);
    }

    private int replay(Path tape, List<String> options, List<String> words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("replay", tape.toString()));
        arguments.addAll(options);
        arguments.add("--");
        arguments.addAll(words);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
