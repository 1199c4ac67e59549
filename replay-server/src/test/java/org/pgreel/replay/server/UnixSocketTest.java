package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.script.Script;

/** A script is played over a Unix domain socket as over TCP. */
@Timeout(60)
class UnixSocketTest {
    private static final String SCRIPT = """
            use login
            use housekeeping
            statement "select 42" {
              B RowDescription n:int4
              B DataRow "42"
              B CommandComplete "SELECT 1"
            }
            F end
            """;

    @TempDir
    private Path directory;

    private ScriptServer server(String script, Path unix) throws IOException {
        return ScriptServer.builder(Script.parse(script)).unix(unix).start();
    }

    private ClientProgram.Result psql(ScriptServer server) throws IOException, InterruptedException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        String where = "host=" + directory + " port=" + server.port() + " user=postgres dbname=postgres";
        return ClientProgram.run(
                List.of("psql", "-X", "-A", "-t", where, "-c", "select 42"), "", Map.of("PGPASSWORD", "none"));
    }

    @Test
    void psqlIsAnswered() throws Exception {
        try (ScriptServer server = server(SCRIPT, directory)) {
            assertThat(psql(server).output()).isEqualTo("42\n");

            PlayReport report = server.await(Duration.ofSeconds(10));
            assertThat(report.text()).isEqualTo("played to the end\n");
            assertThat(report.connections().get(0).client()).isEqualTo("[local]");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aResetEndsTheConnection() throws Exception {
        try (ScriptServer server = server(SCRIPT.replace("B DataRow \"42\"", "B reset"), directory)) {
            assertThat(psql(server).errors()).contains("server closed the connection unexpectedly");
        }
    }

    @Test
    void aHalfCloseIsReadOn() throws Exception {
        try (ScriptServer server = server(SCRIPT.replace("B DataRow \"42\"", "B eof"), directory)) {
            assertThat(psql(server).errors()).contains("server closed the connection unexpectedly");
            assertThat(server.await(Duration.ofSeconds(10)).problems()).isEmpty();
        }
    }

    @Test
    void aPathThatIsTakenIsRefusedAndLeftAlone() throws Exception {
        Path taken = Files.writeString(directory.resolve("taken"), "a file of somebody else");

        assertThatThrownBy(() -> server(SCRIPT, taken).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot listen on " + taken);
        assertThat(taken).hasContent("a file of somebody else");
    }
}
