package org.pgreel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** A recorded PostgreSQL as an object that is started, asked, judged and closed by hand. */
@Timeout(60)
class PgReelReplayTest {

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

    private static void order(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            statement.execute("insert into orders (item) values ('tea')");
            statement.execute("commit");
        }
    }

    @Test
    void itIsStartedAskedJudgedAndClosed() throws SQLException {
        try (PgReel db = PgReel.replay(tape).start()) {
            assertThat(db.port()).isPositive();
            assertThat(db.user()).isEqualTo("shop");
            assertThat(db.database()).isEqualTo("shop");
            assertThatThrownBy(db::verify)
                    .hasMessageContaining("left over: #1@")
                    .hasMessageContaining("begin");

            order(db.jdbcUrl());
            db.verify();

            db.rewind();
            order(db.jdbcUrl());
            db.verify();
            assertThat(db.report().misses()).isEmpty();
        }
    }

    @Test
    void whatWasNotRecordedIsAMiss() throws SQLException {
        try (PgReel db = PgReel.replay(tape);
                Connection connection = DriverManager.getConnection(db.jdbcUrl());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into orders (item) values ('milk')"))
                    .hasMessageContaining("the recording has no answer");
            assertThatThrownBy(db::verify).hasMessageContaining("values ('milk')");
        }
    }

    @Test
    void aLostAnswerIsInTheLedgerIfTheOrderIsSentAgain() throws SQLException {
        try (PgReel db = PgReel.replay(tape).fault("lost: swallow, reset @ B CommandComplete \"COMMIT\"")) {
            assertThatThrownBy(() -> order(db.jdbcUrl())).isInstanceOf(SQLException.class);
            db.verify();
            assertThat(db.report().fired()).hasSize(1);
            assertThat(db.report().resent()).isEmpty();

            order(db.jdbcUrl());
            assertThat(db.report().resent()).hasSize(1);
        }
    }

    @Test
    void whatMustNotBeSentAgainFailsTheRun() {
        try (PgReel db = PgReel.replay(tape)
                .fault("lost: swallow, reset @ B CommandComplete \"COMMIT\"")
                .never("after lost statement <regex \"(?i)insert .*\">")) {
            assertThatThrownBy(() -> order(db.jdbcUrl())).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> order(db.jdbcUrl())).isInstanceOf(SQLException.class);
            assertThatThrownBy(db::verify).hasMessageContaining("never after lost");
        }
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        assertThatThrownBy(() -> PgReel.replay(directory.resolve("none.pgreel")))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("there is no tape");
        assertThatThrownBy(() -> PgReel.replay("none"))
                .hasMessageContaining("there is no tape src/test/resources/tapes/none.pgreel; record it with");
        assertThatThrownBy(() -> PgReel.replay(tape).fault("reset @ B DataRow"))
                .hasMessageContaining("can never fire: the recording holds no such DataRow");
        assertThatThrownBy(() -> PgReel.replay(tape).tls()).hasMessageContaining("without TLS");
        assertThatThrownBy(() -> PgReel.script("use login\nF end\n").fault("reset"))
                .hasMessageContaining("laid over a recording");
    }
}
