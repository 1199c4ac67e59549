package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.replay.engine.AuthenticationMethod;

/** Connections are numbered, greeted, logged in and turned away as the script and its settings say. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionPlayTest {
    private static final String PASSED = "played to the end\n";
    private static final String READY = "ReadyForQuery I";

    private static String statement(String sql) {
        return "statement \"" + sql + "\" {\nB CommandComplete \"" + sql.toUpperCase(java.util.Locale.ROOT) + "\"\n}";
    }

    private static void asks(TestConnection client, String sql) {
        client.says("F Query \"" + sql + "\"");
        assertThat(client.hears())
                .containsExactly("CommandComplete \"" + sql.toUpperCase(java.util.Locale.ROOT) + "\"", READY);
    }

    @Test
    void connectionsAreNumberedAsTheyArriveCancelsApart() {
        TestRun run = new TestRun("""
                connection 1 {
                  use login pid=<pid:p> key=<key:k>
                  F end
                }
                connection 2 {
                  use startup
                  B ErrorResponse FATAL 53300 "no"
                  B close
                }
                connection cancel {
                  F CancelRequest <pid:p> <key:k>
                  B close
                }
                """);
        TestConnection first = run.connect();
        first.says("F StartupMessage 3.0 user=\"ada\"");
        String key = first.hears().stream()
                .filter(line -> line.startsWith("BackendKeyData"))
                .findFirst()
                .orElseThrow();
        TestConnection cancel = run.connect().says("F CancelRequest" + key.substring("BackendKeyData".length()));
        TestConnection second = run.connect().says("F StartupMessage 3.0 user=\"ada\"");

        assertThat(cancel.closed).isTrue();
        assertThat(second.hears()).containsExactly("ErrorResponse FATAL 53300 \"no\"");
        assertThat(second.closed).isTrue();
        first.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aCancelWithAnotherKeyDeparts() {
        TestRun run = new TestRun("""
                connection 1 {
                  use login pid=<pid:p> key=<key:k>
                  F end
                }
                connection cancel {
                  F CancelRequest <pid:p> <key:k>
                }
                """);
        run.connect().logsIn();

        run.connect().says("F CancelRequest 1 x\"00000000\"");

        assertThat(run.departures).hasSize(1);
    }

    @Test
    void aCancelWithoutABlockIsReadClosedAndReported() {
        TestRun run = TestRun.of(statement("a"));
        TestConnection cancel = run.connect().says("F CancelRequest 7 x\"00000000\"");

        assertThat(cancel.closed).isTrue();
        assertThat(run.engine.report().connections().get(0).outcome()).isEqualTo(PlayOutcome.CANCEL);
    }

    @Test
    void whatComesBehindTheLastLineUndoesTheVerdict() {
        TestRun run = new TestRun("use login\n");
        TestConnection client = run.connect().logsIn();
        assertThat(run.verdict()).isEqualTo(PASSED);

        client.says("F Query \"select 1\"");

        assertThat(run.verdict()).startsWith("connection 1: expected nothing more, got F Query \"select 1\"");
        assertThat(run.engine.report().failed()).isTrue();
    }

    @Test
    void gssEncryptionIsRefusedUnlessTheScriptNamesIt() {
        TestRun run = new TestRun("use login\nF end\n");
        TestConnection client = run.connect().says("F GSSENCRequest");
        assertThat(client.hearsBytes()).containsExactly('N');
        client.says("F SSLRequest");
        assertThat(client.hearsBytes()).containsExactly('N');
        client.logsIn().ends();
        assertThat(run.verdict()).isEqualTo(PASSED);

        TestConnection named = new TestRun("F GSSENCRequest\nB GSSENCResponse G\nF end\n")
                .connect()
                .says("F GSSENCRequest");
        assertThat(named.hearsBytes()).containsExactly('G');
    }

    @Test
    void tlsIsStartedWhereTheScriptAwaitsIt() {
        TestRun run = new TestRun("F SSLRequest\nB SSLResponse S\nF tls\nuse login\nF end\n");
        TestConnection client = run.connect().says("F SSLRequest");
        assertThat(client.tls).isTrue();
        client.input().tlsEstablished(null);
        client.logsIn().ends();
        assertThat(run.verdict()).isEqualTo(PASSED);

        TestRun failing = new TestRun("F SSLRequest\nB SSLResponse S\nF tls fails\nF end\n");
        TestConnection refuses = failing.connect().says("F SSLRequest");
        refuses.input().tlsFailed("certificate unknown");
        assertThat(failing.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aSurplusConnectionMeetsAHealthyServer() {
        TestRun run = new TestRun("connection 1 {\nuse login\nF end\n}\n");
        run.connect().logsIn().ends();
        TestConnection second = run.connect().logsIn();

        second.says("F Query \"select 1\"");
        assertThat(second.hears()).last().isEqualTo(READY);
        second.says("F Query \"select x\"");
        assertThat(second.hears()).first().asString().startsWith("ErrorResponse ERROR RP002");
        second.says("F Parse \"\" \"select x\"", "F Bind", "F Execute", "F Sync");
        assertThat(second.hears()).last().isEqualTo(READY);
        second.says("F Terminate").ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void idleConnectionsOfAPoolDoNotFailARun() {
        TestRun run = TestRun.of(statement("a"));
        TestConnection idle = run.connect().logsIn();
        TestConnection open = run.connect().logsIn();
        TestConnection busy = run.connect().logsIn();
        asks(busy, "a");
        busy.says("F Terminate").ends();
        idle.says("F Query \"select 1\"", "F Terminate").ends();
        open.waits(Duration.ofMinutes(5));

        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void theServersSettingsTurnClientsAway() {
        TestRun run = new TestRun(
                "use login\nuse housekeeping\nF end\n",
                ServerSettings.DEFAULTS.withConnections(3, 1, 1).withRecovery(1),
                Chunking.WHOLE);
        String startup = "F StartupMessage 3.0 user=\"ada\"";
        assertThat(run.connect().says(startup).hears())
                .containsExactly("ErrorResponse FATAL 57P03 \"the database system is starting up\"");
        TestConnection first = run.connect().logsIn();
        assertThat(run.connect().says(startup).hears().get(0)).contains("53300").contains("reserved");
        TestConnection superuser = run.connect().says("F StartupMessage 3.0 user=\"postgres\"");
        assertThat(superuser.hears()).last().isEqualTo(READY);
        assertThat(run.connect().says(startup).hears().get(0)).contains("53300").contains("sorry");
        first.ends();
        superuser.ends();
        assertThat(run.connect().says("F StartupMessage 3.0 user=\"postgres\"").hears())
                .last()
                .isEqualTo(READY);
    }

    @Test
    void passwordsAreChecked() {
        ServerSettings settings = ServerSettings.DEFAULTS.withAuthentication(AuthenticationMethod.PASSWORD, "right");
        TestRun run = new TestRun("use login\nF end\n", settings, Chunking.WHOLE);
        run.connect()
                .says("F StartupMessage 3.0 user=\"ada\"", "F PasswordMessage \"right\"")
                .ends();
        assertThat(run.verdict()).isEqualTo(PASSED);

        TestRun wrong = new TestRun("use login\nF end\n", settings, Chunking.WHOLE);
        TestConnection client = wrong.connect().says("F StartupMessage 3.0 user=\"ada\"");
        client.hears();
        client.says("F PasswordMessage \"wrong\"");
        assertThat(client.hears())
                .containsExactly("ErrorResponse FATAL 28P01 \"password authentication failed for user \\\"ada\\\"\"");
        assertThat(wrong.verdict()).doesNotContain("wrong\"");
    }

    @Test
    void aReadyMadeBlocksLinesCanBeReplaced() {
        TestRun run = new TestRun("""
                use login {
                  B ParameterStatus "server_version" "9.0"
                  ! omit
                  B BackendKeyData 1 x"00000000"
                }
                F end
                """);
        List<String> heard =
                run.connect().says("F StartupMessage 3.0 user=\"ada\"").hears();

        assertThat(heard).contains("ParameterStatus \"server_version\" \"9.0\"");
        assertThat(heard).noneMatch(line -> line.startsWith("BackendKeyData"));
        assertThat(heard).filteredOn(line -> line.contains("server_version")).hasSize(1);
    }

    @Test
    void anMd5DigestIsCheckedWithTheSaltThatTheScriptGives() {
        TestRun run = new TestRun("use startup\nuse md5 salt=x\"0180ff00\"\nB AuthenticationOk\nF end\n");
        TestConnection client = run.connect().says("F StartupMessage 3.0 user=\"ada\"");
        String digest = Md5Password.answer(
                "ada", "postgres".getBytes(StandardCharsets.UTF_8), new byte[] {1, (byte) 0x80, (byte) 0xff, 0});

        client.says("F PasswordMessage \"" + digest + "\"");

        assertThat(client.hears()).containsExactly("AuthenticationMD5Password x\"0180ff00\"", "AuthenticationOk");
        client.ends();
        assertThat(run.verdict()).isEqualTo(PASSED);
    }

    @Test
    void aScriptThatAwaitsNobodyIsPlayedWithoutAConnection() {
        TestRun run = new TestRun("> connect host=\"nowhere.invalid\"\n@ pgSessionShutdown\n");

        assertThat(run.verdict()).isEqualTo(PASSED);
    }
}
