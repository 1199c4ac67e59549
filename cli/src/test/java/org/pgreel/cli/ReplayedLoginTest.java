package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;

/** Whom a program logs in as that {@code replay} runs, and what is said if that is not who was recorded. */
@Timeout(60)
class ReplayedLoginTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private Path tape = Path.of("");

    @BeforeEach
    void writeTheTape() throws IOException {
        tape = directory.resolve("orders.pgreel");
        try (InputStream orders = getClass().getResourceAsStream("/org/pgreel/catalogue/query/orders.pgreel")) {
            Files.copy(Objects.requireNonNull(orders), tape);
        }
    }

    @Test
    void theProgramLogsInAsTheOneThatWasRecorded() throws IOException {
        Path seen = directory.resolve("seen");
        String program = "echo $PGUSER $PGDATABASE {user} {dbname} >> " + seen;

        replay("--", "sh", "-c", program);
        replay("--fault", "delay 1ms @ B CommandComplete \"COMMIT\"", "--", "sh", "-c", program);

        assertThat(seen).hasContent("shop shop shop shop\nshop shop shop shop\n");
    }

    @Test
    void aMissOfAnotherUserNamesBoth() {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");

        int status = replay("--strict", "--", "psql", "-U", "guest", "-c", "begin");

        assertThat(status).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString())
                .contains("no recorded connection began as this one: user is 'guest' and was recorded as 'shop'");
    }

    private int replay(String... more) {
        var arguments = new ArrayList<>(List.of("replay", tape.toString(), "--match", "exchange"));
        arguments.addAll(List.of(more));
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
