package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;

/** One server plays its script again and again, and its test has a say in when. */
@Timeout(60)
class ScriptRunsTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String ONE_ANSWER = """
            use login
            use housekeeping
            statement "select 42" {
              B RowDescription n:int4
              B DataRow "42"
              B CommandComplete "SELECT 1"
            }
            """;

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static PgClient client;

    @BeforeAll
    static void start() {
        client = PgClient.create();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static Session session(ScriptServer server) {
        return client.connect(ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user("ada")
                .sslMode(SslMode.DISABLE)
                .build());
    }

    private static String answer(Session session) throws Exception {
        var results = session.query("select 42").get(20, TimeUnit.SECONDS);
        return String.valueOf(results.only().onlyRow().text(0));
    }

    @Test
    void theNextRunPlaysTheScriptFromItsStartOnTheSamePort() throws Exception {
        try (var server = ScriptServer.builder(Script.parse(ONE_ANSWER)).start()) {
            int port = server.port();
            Session first = session(server);
            assertThat(answer(first)).isEqualTo("42");
            assertThat(server.awaitVerdict(LIMIT).passed()).isTrue();

            assertThat(server.begin(Chunking.BYTES).passed()).isTrue();
            first.ended().get(20, TimeUnit.SECONDS);
            assertThat(server.report().passed()).isFalse();

            assertThat(answer(session(server))).isEqualTo("42");
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.awaitVerdict(LIMIT).connections()).hasSize(1);
            assertThat(server.report().text()).isEqualTo("played to the end\n");
        }
    }

    @Test
    void aClosedServerBeginsNoRun() throws Exception {
        var server = ScriptServer.builder(Script.parse(ONE_ANSWER)).start();
        server.close();

        assertThatThrownBy(() -> server.begin(Chunking.WHOLE)).hasMessage("The server is closed");
        assertThat(server.awaitSignal("anything", LIMIT)).isFalse();
        server.signal("anything");
    }

    @Test
    void theScriptWaitsForTheTestAndTheTestForTheScript() throws Exception {
        String script = ONE_ANSWER.replace("  B DataRow", "  signal asked\n  await go\n  B DataRow");
        assertThatThrownBy(() -> Script.parse(script))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining("nothing signals \"go\"");

        try (var server =
                ScriptServer.builder(Script.parse(script, Set.of("go"))).start()) {
            var results = session(server).query("select 42");
            assertThat(server.awaitSignal("asked", LIMIT)).isTrue();
            assertThat(server.awaitSignal("never given", Duration.ofMillis(20))).isFalse();
            assertThat(results).isNotDone();

            server.signal("go");
            assertThat(results.get(20, TimeUnit.SECONDS).only().onlyRow().text(0))
                    .isEqualTo("42");
        }
    }

    @Test
    void aScriptThatAwaitsASignalGivesUpAlthoughItsClientWasReset() throws Exception {
        Script script = Script.parse("F StartupMessage * ...\nB AuthenticationOk\nawait go\nF end\n", Set.of("go"));
        try (var server = ScriptServer.builder(script)
                        .settings(ServerSettings.DEFAULTS.withPatience(PATIENCE))
                        .start();
                var socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "ada"))
                            .toBytes()
                            .toArray());
            assertThat(socket.getInputStream().read()).isEqualTo('R');
            reset(socket);

            assertThat(server.await(LIMIT).text()).contains("nothing within 300 ms");
            assertThat(server.clientsGone()).isTrue();
        }
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    @Test
    void aSeedMakesTheSameKeysAgain() throws Exception {
        String script = "use login\nF end\n";
        int[] processIds = new int[2];
        for (int i = 0; i < 2; i++) {
            try (var server = ScriptServer.builder(Script.parse(script)).seed(7).start()) {
                Session session = session(server);
                session.ready().get(20, TimeUnit.SECONDS);
                processIds[i] = session.processId().orElseThrow();
                session.close();
            }
        }
        assertThat(processIds[0]).isEqualTo(processIds[1]).isNotZero();
    }
}
