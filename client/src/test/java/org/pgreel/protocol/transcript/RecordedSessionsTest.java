package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;
import org.postgresql.PGConnection;

/** What real clients and a real server say is a transcript, and the transcript is what they said. */
@Timeout(120)
class RecordedSessionsTest {
    private static final PostgresServer SERVER = PostgresServer.start(PostgresOptions.defaults());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aJdbcSessionIsItsTranscript() throws Exception {
        try (Wiretap tap = new Wiretap(SERVER.host(), SERVER.port())) {
            try (Connection connection = connect(tap.port())) {
                jdbcSession(connection);
            }
            String transcript = checked(tap.stop());

            assertThat(transcript)
                    .contains("F StartupMessage 3.", " user=\"" + SERVER.user() + "\"")
                    .contains("F Parse \"S_1\"", "F Bind \"\" \"S_1\"", "B CopyInResponse text", "F CopyData")
                    .contains("B ErrorResponse ERROR 22012 \"division by zero\"", "B NotificationResponse")
                    .contains("B ReadyForQuery T", "B ReadyForQuery E", "B RowDescription", "B DataRow null")
                    .doesNotContain("# ");
        }
    }

    private void jdbcSession(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int, b text, c bytea)");
            statement.execute("listen channel_é; notify channel_é, 'pay\"load'");
            statement.execute("do $$ begin raise notice 'hör\n%', 1; end $$");
            connection.setAutoCommit(false);
            for (int i = 0; i < 7; i++) {
                insert(connection, i);
            }
            assertThatThrownBy(() -> statement.execute("select 1/0")).isInstanceOf(SQLException.class);
            connection.rollback();
            connection.setAutoCommit(true);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy t (a, b) from stdin", new StringReader("1\tone\n2\t\\N\n"));
            try (ResultSet rows = statement.executeQuery("select a, b, c, null, '{1,2}'::int[] from t")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private static void insert(Connection connection, int i) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?, ?) returning null")) {
            insert.setInt(1, i);
            insert.setString(2, i % 2 == 0 ? null : "x\u0001\n\"é");
            insert.setBytes(3, new byte[] {0, (byte) 0xFF, (byte) i});
            insert.execute();
        }
    }

    private Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SERVER.user());
        properties.setProperty("password", SERVER.password());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("prepareThreshold", "3");
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + SERVER.database(), properties);
    }

    @Test
    void aPsqlSessionIsItsTranscript() throws Exception {
        Path psql = InstalledProgram.find("psql").orElse(null);
        Assumptions.assumeTrue(psql != null, "psql is not installed");
        try (Wiretap tap = new Wiretap(SERVER.host(), SERVER.port())) {
            ProcessBuilder command = new ProcessBuilder(
                    psql.toString(),
                    "-X",
                    "-h",
                    "localhost",
                    "-p",
                    Integer.toString(tap.port()),
                    "-U",
                    SERVER.user(),
                    "-d",
                    SERVER.database(),
                    "-c",
                    "select 1 as n, 'a' as \"two words\"",
                    "-c",
                    "copy (select 'x', null from generate_series(1, 3)) to stdout",
                    "-c",
                    "select 'sélect', 1/0");
            command.environment().put("PGPASSWORD", SERVER.password());
            command.environment().put("PGSSLMODE", "prefer");
            command.environment().put("PGGSSENCMODE", "disable");
            Process process = command.redirectErrorStream(true).start();
            Bytes output = Bytes.wrap(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output.text()).contains("two words").contains("division by zero");

            assertThat(checked(tap.stop()))
                    .contains("F SSLRequest\n", "B SSLResponse N\n", "B RowDescription n:int4 \"two words\":text\n")
                    .contains("B CopyOutResponse text [text text]\nB CopyData \"x\\t\\\\N\\n\"\n")
                    .contains("F Terminate\n");
        }
    }

    /** Prints all connections, reads them back, and compares text with text and bytes with bytes. */
    private static String checked(List<List<Wiretap.Chunk>> connections) {
        assertThat(connections).isNotEmpty();
        StringBuilder all = new StringBuilder();
        for (List<Wiretap.Chunk> chunks : connections) {
            StringBuilder open = new StringBuilder();
            decode(chunks, TranscriptWriter.showingSecrets(open));
            Transcript parsed = TranscriptParser.parse(open.toString());
            assertThat(parsed).hasToString(open.toString());
            assertThat(parsed.canonical()).hasToString(open.toString());
            for (Direction direction : Direction.values()) {
                assertThat(parsed.bytes(direction)).isEqualTo(bytes(chunks, direction));
            }
            StringBuilder hidden = new StringBuilder();
            decode(chunks, new TranscriptWriter(hidden));
            assertThat(TranscriptParser.parse(hidden.toString())).hasToString(hidden.toString());
            assertThat(hidden).contains("B BackendKeyData", "<secret:").contains(",p=\"<secret:44>");
            all.append(open);
        }
        return all.toString();
    }

    private static void decode(List<Wiretap.Chunk> chunks, TranscriptWriter writer) {
        WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
        for (Wiretap.Chunk chunk : chunks) {
            decoder.feed(
                    chunk.direction(), chunk.bytes().toArray(), 0, chunk.bytes().length(), writer);
        }
    }

    private static Bytes bytes(List<Wiretap.Chunk> chunks, Direction direction) {
        MessageWriter out = new MessageWriter();
        for (Wiretap.Chunk chunk : chunks) {
            if (chunk.direction() == direction) {
                out.writeBytes(chunk.bytes());
            }
        }
        return out.toBytes();
    }
}
