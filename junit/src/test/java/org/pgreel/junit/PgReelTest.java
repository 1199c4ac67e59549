package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.replay.engine.AuthenticationMethod;

/** The object does by hand what the annotations do for a test. */
@Timeout(60)
class PgReelTest {

    @Test
    void itStartsIsAskedIsJudgedAndStops() throws Exception {
        PgReel database = PgReel.script(Database.ONE_ANSWER)
                .auth(AuthenticationMethod.SCRAM_SHA_256)
                .tls()
                .start();
        assertThat(database.url()).contains("@" + database.host() + ":" + database.port() + "/" + database.database());
        assertThat(database.r2dbcUrl()).contains(database.user() + ":" + database.password());

        assertThatThrownBy(database::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no client came to 127.0.0.1:" + database.port());
        assertThat(Database.ask(database.jdbcUrl(), "select 42")).containsExactly("42");
        database.verify();
        assertThat(database.report().passed()).isTrue();

        assertThat(database.rewind().report().passed()).isFalse();
        assertThat(Database.ask(database.jdbcUrl(), "select 42")).containsExactly("42");
        database.verify();

        database.stop();
        database.stop();
        assertThatThrownBy(database::port).hasMessageContaining("was stopped");
    }

    @Test
    void aDepartureIsShownWithTheTranscript() {
        PgReel database = PgReel.script(Database.ONE_ANSWER);
        assertThatThrownBy(() -> Database.ask(database.jdbcUrl(), "select 43")).isInstanceOf(SQLException.class);

        assertThatThrownBy(database::verify)
                .hasMessageStartingWith("connection 1, line 3: expected statement \"select 42\"")
                .hasMessageContaining("F StartupMessage 3.0")
                .hasMessageContaining("seed ");
        database.stop();
    }

    @Test
    void aRecordingBesideAScenarioIsPlayedAndItsFaultFires() throws SQLException {
        PgReel database = PgReel.scenario("commit-applied-ack-lost");
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            statement.execute("insert into orders (item) values ('tea')");
            assertThatThrownBy(() -> statement.execute("commit")).isInstanceOf(SQLException.class);
        }
        database.verify();
        database.stop();
    }

    @Test
    void whatIsNoScriptAndNoScenarioIsRefused() {
        assertThatThrownBy(() -> PgReel.script("B Nonsense"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("PgReel.script, line 1, column 3: ");
        assertThatThrownBy(() -> PgReel.scenario("ssl-junk-bite"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageEndingWith("did you mean ssl-junk-byte?");
        assertThatThrownBy(() -> PgReel.scenario("nowhere.pgreel.yaml"))
                .hasMessage("PgReel.scenario: there is no resource nowhere.pgreel.yaml");
    }
}
