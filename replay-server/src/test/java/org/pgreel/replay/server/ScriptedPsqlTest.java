package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptSamples;

/** The samples of the notation's page are played to psql, which says what libpq says of each fault. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ScriptedPsqlTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "the test credential";

    /** What psql did and what the server says of it. */
    private record Played(ClientProgram.Result program, PlayReport report) {}

    private static Played play(String script, ServerSettings settings, String sslmode, String... commands)
            throws IOException, InterruptedException {
        try (ScriptServer server =
                ScriptServer.builder(Script.parse(script)).settings(settings).start()) {
            var result = psql(server, sslmode, commands);
            return new Played(result, server.await(LIMIT));
        }
    }

    private static ClientProgram.Result psql(ScriptServer server, String sslmode, String... commands)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                "psql",
                "-X",
                "-A",
                "-t",
                "host=" + server.host() + " port=" + server.port() + " user=postgres dbname=postgres sslmode=" + sslmode
                        + " gssencmode=disable"));
        for (String command : commands) {
            words.add("-c");
            words.add(command);
        }
        return ClientProgram.run(words, "", Map.of("PGPASSWORD", PASSWORD));
    }

    private static Played sample(String name, ServerSettings settings, String sslmode, String... commands)
            throws IOException, InterruptedException {
        return play(ScriptSamples.text(name), settings, sslmode, commands);
    }

    private static ServerSettings scram() {
        return ServerSettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, PASSWORD);
    }

    private static void assertPassed(Played played) {
        assertThat(played.report().text()).isEqualTo("played to the end\n");
        assertThat(played.report().passed()).isTrue();
    }

    @Test
    void aJunkByteInAnswerToSslRequest() throws Exception {
        Played played = sample("ssl-junk-byte", ServerSettings.DEFAULTS, "require", "select 1");

        assertPassed(played);
        assertThat(played.program().errors()).contains("invalid response to SSL negotiation: X");
    }

    @Test
    void tlsRefusedWhenRequired() throws Exception {
        Played played = sample("ssl-refused-when-required", ServerSettings.DEFAULTS, "require", "select 1");

        assertPassed(played);
        assertThat(played.program().errors()).contains("server does not support SSL, but SSL was required");
    }

    @Test
    void plaintextStuffedBehindTheAnswer() throws Exception {
        Played played = sample("ssl-bytes-stuffed-after-s", ServerSettings.DEFAULTS, "require", "select 1");

        assertPassed(played);
        assertThat(played.program().status()).isNotZero();
    }

    @Test
    void aForgedSignature() throws Exception {
        Played played = sample("scram-forged-signature", scram(), "disable", "select 1");

        assertPassed(played);
        assertThat(played.program().errors()).contains("incorrect server signature");
    }

    @Test
    void anHonestLoginOfEveryKindIsTheControl() throws Exception {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            Played played = play(
                    """
                    use login
                    use housekeeping
                    statement "select 42" {
                      B RowDescription n:int4
                      B DataRow "42"
                      B CommandComplete "SELECT 1"
                    }
                    F end
                    """,
                    ServerSettings.DEFAULTS.withAuthentication(method, PASSWORD),
                    "disable",
                    "set application_name = 'x'",
                    "select 42");

            assertPassed(played);
            assertThat(played.program().output()).isEqualTo("SET\n42\n");
            assertThat(played.program().errors()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsRefusedAsAServerWould() throws Exception {
        Played played = play(
                "use login\nF end\n",
                ServerSettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, "another"),
                "disable",
                "select 1");

        assertThat(played.report().passed()).isFalse();
        assertThat(played.program().errors()).contains("password authentication failed for user \"postgres\"");
    }

    @Test
    void anHonestLoginOverTls() throws Exception {
        Played played = play("use login\nuse housekeeping\nF end\n", scram().withTls(true), "require", "select 1");

        assertPassed(played);
        assertThat(played.program().output()).isEqualTo("1\n");
    }

    @Test
    void aLoginBoundToTheChannelOverTls() throws Exception {
        Played played = play(
                "use login\nuse housekeeping\nF end\n",
                scram().withTls(true),
                "require channel_binding=require",
                "select 1");

        assertPassed(played);
        assertThat(played.program().output()).isEqualTo("1\n");
    }

    @Test
    void nothingIsOfferedThatBindsToNoChannel() throws Exception {
        Played played = play("use login\nuse housekeeping\nF end\n", scram().withTls(true), "disable", "select 1");

        assertPassed(played);
        assertThat(played.program().output()).isEqualTo("1\n");
    }

    @Test
    void theThirdConnectionIsTurnedAwayWhileTwoAreOpen() throws Exception {
        Played played = play(
                ScriptSamples.text("too-many-connections-live-limit"),
                ServerSettings.DEFAULTS.withConnections(0, 0, 0).withPatience(Duration.ofSeconds(2)),
                "disable",
                "select 1");

        assertThat(played.program().errors()).contains("sorry, too many clients already");
        assertThat(played.report().passed()).isFalse();
    }

    @Test
    void theServerDiesBetweenTwoRows() throws Exception {
        Played played =
                sample("admin-shutdown-inside-a-result", ServerSettings.DEFAULTS, "disable", "select n from numbers");

        assertPassed(played);
        assertThat(played.program().errors()).contains("terminating connection due to administrator command");
        assertThat(played.program().status()).isNotZero();
    }

    @Test
    void aLengthOfThree() throws Exception {
        Played played = sample("length-field-three", ServerSettings.DEFAULTS, "disable", "select 1");

        assertPassed(played);
        assertThat(played.program().errors()).contains("lost synchronization with server");
    }

    @Test
    void aCopyIsResetInsideARow() throws Exception {
        Played played = sample("copy-out-cut-inside-a-row", ServerSettings.DEFAULTS, "disable", "copy t to stdout");

        assertPassed(played);
        assertThat(played.program().status()).isNotZero();
    }

    @Test
    void everyFragmentationIsTheSameToPsql() throws Exception {
        for (Chunking chunking : List.of(Chunking.BYTES, new Chunking.Seeded(3), new Chunking.FrameBoundary(1))) {
            try (ScriptServer server = ScriptServer.builder(
                            Script.parse(ScriptSamples.text("admin-shutdown-inside-a-result")))
                    .settings(scram())
                    .chunking(chunking)
                    .start()) {
                var result = psql(server, "disable", "select n from numbers");

                assertThat(result.errors()).contains("terminating connection due to administrator command");
                assertThat(server.await(LIMIT).text()).isEqualTo("played to the end\n");
            }
        }
    }

    /** libpq 15 to 18 derive the key whatever the server asks for, so the client is still busy when its time is over. */
    @Test
    void aHugeNumberOfIterationsIsAsked() throws Exception {
        try (ScriptServer server = ScriptServer.builder(Script.parse(ScriptSamples.text("scram-huge-iterations")))
                .settings(scram())
                .start()) {
            var psql = new ProcessBuilder(
                            "psql",
                            "-X",
                            "host=" + server.host() + " port=" + server.port()
                                    + " user=postgres dbname=postgres sslmode=disable gssencmode=disable")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            psql.environment().put("PGPASSWORD", PASSWORD);
            Process process = psql.start();
            try {
                PlayReport report = server.await(LIMIT);

                assertThat(report.text()).contains("expected F end within=1s, got nothing within 1 s");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aStatementThatTheScriptDoesNotHaveIsReportedAtOnce() throws Exception {
        Played played =
                sample("admin-shutdown-inside-a-result", ServerSettings.DEFAULTS, "disable", "select x from numbers");

        assertThat(played.report().passed()).isFalse();
        assertThat(played.report().text())
                .contains("expected statement \"select n from numbers\"")
                .contains("got F Query \"select x from numbers\"")
                .contains("B ReadyForQuery I");
        assertThat(played.program().errors()).contains("departed from the script");
    }
}
