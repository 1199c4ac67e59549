package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pgreel state} says of positions that exist, and of those that do not; and that its page is true. */
@Timeout(60)
class StateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private String tape() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "state.md"));
        String text = page.substring(page.indexOf("```\ntape 1") + 4);
        return Files.writeString(directory.resolve("orders.pgreel"), text.substring(0, text.indexOf("```")))
                .toString();
    }

    @Test
    void thePageShowsWhatTheCommandPrints() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "state.md"));

        assertThat(execute("state", tape() + "#1@14")).isZero();

        assertThat(page).contains(out.toString());
    }

    @Test
    void machinesGetOneDocument() throws IOException {
        assertThat(execute("state", tape() + "#1@14", "--json")).isZero();

        assertThat(out.toString())
                .contains(
                        "\"message\":14",
                        "\"phase\":\"extended query\"",
                        "\"transactionStatus\":\"T\"",
                        "\"sql\":\"select total from orders where id = $1\"",
                        "\"channels\":[\"shipped\"]",
                        "\"copy\":null",
                        "\"lastError\":null");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aPositionThatDoesNotExistIsNamed() throws IOException {
        String tape = tape();

        assertThat(execute("state", tape + "#1@500")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("there is no message 500 in session 1, which has ");
        assertThat(execute("state", tape + "#3")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("there is no session 3 in ");
        assertThat(execute("state", tape)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("name a session of ", "#1@N for behind its message N; it holds 2 sessions");
        assertThat(execute("state", tape + "#1@0")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("messages are numbered from 1");
    }

    @Test
    void aDamagedSessionHasAStateBeforeItsDamage() throws IOException {
        String tape = tape();

        assertThat(execute("state", tape + "#2@2")).isZero();
        assertThat(execute("state", tape + "#2@4")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(err.toString()).contains("message 4 cannot be reached: ", "the disk was full");
        assertThat(execute("state", tape + "#2")).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("session 2 behind message 3");
    }

    private int execute(String... arguments) {
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
