package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.replay.engine.AuthenticationMethod;

/** What a script says happens to the test's client. */
@Timeout(60)
class ScriptTest {

    @Test
    @Script("""
            use login
            use housekeeping
            statement "select n from numbers" {
              B RowDescription n:int4
              B DataRow "1"
              B reset
            }
            F end
            """)
    void aResultThatBreaksOffIsAnError(ReplayServer server) {
        assertThatThrownBy(() -> Database.ask(server.jdbcUrl(), "select n from numbers"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("I/O error");
    }

    @Test
    @Scenario("scram-forged-signature")
    void loginFailsWhenTheServerCannotProveItself(ReplayServer server) {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl())).hasMessageContaining("signature");
    }

    @Test
    @Scenario("own-answer.pgreel.yaml")
    void aScenarioOfYourOwnIsAResource(ReplayServer server) throws Exception {
        assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("42");
    }

    @Test
    @Scenario("certificate-valid")
    void theUrlNamesTheCertificateThatTheClientIsToTrust(ReplayServer server) throws Exception {
        assertThat(server.jdbcUrl()).contains("sslmode=verify-full&sslrootcert=");
        assertThat(Database.ask(server.jdbcUrl(), "select 1")).containsExactly("1");
    }

    @Test
    @Scenario("certificate-expired")
    void anExpiredCertificateIsNotTrusted(ReplayServer server) {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl()))
                .hasStackTraceContaining("CertificateExpiredException");
    }

    @Test
    @Scenario("certificate-of-unknown-authority")
    void anUnknownAuthorityIsNotTrusted(ReplayServer server) {
        try (var client = PgClient.create()) {
            var session = client.connect(server.connectOptions().build());
            assertThatThrownBy(() -> session.ready().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConnectFailedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer"})
    @Script(value = Database.ONE_ANSWER, auth = AuthenticationMethod.SCRAM_SHA_256)
    void itComposesWithParameterizedTests(String sslMode, ReplayServer server) throws Exception {
        String url = server.jdbcUrl().replace("sslmode=disable", "sslmode=" + sslMode);
        assertThat(Database.ask(url, "select 42")).containsExactly("42");
    }

    @Test
    @Script(value = Database.ONE_ANSWER, auth = AuthenticationMethod.SCRAM_SHA_256, tls = true)
    void theUrlAsksForTheTlsThatTheServerHas(ReplayServer server) throws Exception {
        assertThat(server.jdbcUrl()).contains("sslmode=require");
        assertThat(Database.ask(server.jdbcUrl(), "select 42")).containsExactly("42");
    }

    @Test
    @Script(value = """
            use login
            use housekeeping
            statement "select 42" {
              signal asked
              await go
              B RowDescription n:int4
              B DataRow "42"
              B CommandComplete "SELECT 1"
            }
            F end
            """, signals = "go")
    void theTestAndTheScriptWaitForEachOther(ReplayServer server) throws Exception {
        try (var client = PgClient.create()) {
            var session = client.connect(server.connectOptions().build());
            var answer = session.query("select 42");
            server.await("asked");
            assertThat(answer).isNotDone();

            server.signal("go");
            assertThat(answer.get(20, TimeUnit.SECONDS).only().onlyRow().text(0))
                    .isEqualTo("42");
            session.close();
        }
    }

    @Test
    @Script("""
            use login
            use housekeeping
            ! lost: swallow, reset @ B CommandComplete "COMMIT"
            statement "commit" {
              B CommandComplete "COMMIT"
            }
            """)
    void theLabelOfAFaultCanBeWaitedFor(ReplayServer server) {
        try (var client = PgClient.create()) {
            var session = client.connect(server.connectOptions().build());
            var done = session.query("commit");
            server.await("lost");
            assertThatThrownBy(() -> done.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    @Script("use login\nuse housekeeping\nF end\n")
    void theServerSaysWhereItIs(ReplayServer server) throws Exception {
        assertThat(server.host()).isEqualTo("127.0.0.1");
        assertThat(server.port()).isPositive();
        assertThat(server.url())
                .isEqualTo("postgresql://pgreel:" + server.password() + "@127.0.0.1:" + server.port()
                        + "/pgreel?sslmode=disable");
        assertThat(server.r2dbcUrl()).startsWith("r2dbc:postgresql://pgreel:").endsWith("/pgreel?sslMode=DISABLE");
        DriverManager.getConnection(server.jdbcUrl()).close();
        assertThat(server.report().connections()).hasSize(1);
    }
}
