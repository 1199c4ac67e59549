package org.pgreel.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.BinaryCell;
import org.pgreel.replay.cell.BinaryParameter;

/** What a script's text becomes in binary is what a real server sends for it. */
@Timeout(120)
class BinaryCellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16   | bool        | boolsend         | t",
                "17   | bytea       | byteasend        | \\x00ff10",
                "21   | int2        | int2send         | -2",
                "23   | int4        | int4send         | 2147483647",
                "20   | int8        | int8send         | -9223372036854775808",
                "26   | oid         | oidsend          | 4294967295",
                "700  | float4      | float4send       | 1.5",
                "701  | float8      | float8send       | -0.1",
                "1082 | date        | date_send        | 1999-12-31",
                "1083 | time        | time_send        | 23:59:59.999999",
                "1114 | timestamp   | timestamp_send   | 2026-11-21 10:20:30.123456",
                "1184 | timestamptz | timestamptz_send | 2026-11-21 10:20:30.5+00",
                "1186 | interval    | interval_send    | 1 year 2 mons -3 days -04:05:06.7",
                "1186 | interval    | interval_send    | 00:00:00",
                "1700 | numeric     | numeric_send     | 0",
                "1700 | numeric     | numeric_send     | 0.00",
                "1700 | numeric     | numeric_send     | 1",
                "1700 | numeric     | numeric_send     | 10000",
                "1700 | numeric     | numeric_send     | -12345678.90123",
                "1700 | numeric     | numeric_send     | 0.00001234",
                "1700 | numeric     | numeric_send     | 100000000000000000000000000.5",
                "1700 | numeric     | numeric_send     | NaN",
                "1700 | numeric     | numeric_send     | Infinity",
                "1700 | numeric     | numeric_send     | -Infinity",
                "2950 | uuid        | uuid_send        | 00112233-4455-6677-8899-aabbccddeeff",
                "3802 | jsonb       | jsonb_send       | {\"a\": 1}",
                "1007 | int4[]      | array_send       | {1,NULL,-3}",
                "1007 | int4[]      | array_send       | {{1,2},{3,4},{5,6}}",
                "1007 | int4[]      | array_send       | {}",
                "1009 | text[]      | array_send       | {plain,\"two words\",\"a \\\"quote\\\" and \\\\\",NULL,\"NULL\",\"\"}",
                "1231 | numeric[]   | array_send       | {1.50,0}",
                "2951 | uuid[]      | array_send       | {00112233-4455-6677-8899-aabbccddeeff}",
            })
    void aValueIsWrittenAsAServerSendsIt(int oid, String type, String send, String text) throws SQLException {
        assertThat(BinaryCell.of(oid, Bytes.utf8(text)).hex()).isEqualTo(sent(type, send, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16 | t",
                "21 | -2",
                "23 | 7",
                "20 | -9",
                "26 | 4294967295",
                "700 | 1.5",
                "701 | 3",
                "1082 | 1999-12-31",
                "1083 | 23:59:59.999999",
                "1114 | 2026-11-21 10:20:30.5",
                "1184 | 2026-11-21 10:20:30+00",
                "1700 | 0.00",
                "1700 | -12345678.90123",
                "1700 | 10000",
                "1700 | 0.00001234",
                "1700 | NaN",
                "2950 | 00112233-4455-6677-8899-aabbccddeeff",
                "3802 | {}",
                "17 | \\x00ff",
                "25 | a text",
            })
    void aParameterIsReadAsItWouldBeWritten(int oid, String text) {
        assertThat(BinaryParameter.text(BinaryCell.of(oid, Bytes.utf8(text)), oid, 1))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1700 | twelve",
                "1007 | {1,2",
                "1007 | {{1,2},{3}}",
                "1186 | a while",
                "1082 | yesterday",
                "23 | 1.5"
            })
    void aTextThatIsNoneOfItsTypeStays(int oid, String text) {
        assertThat(BinaryCell.of(oid, Bytes.utf8(text))).isEqualTo(Bytes.utf8(text));
    }

    @Test
    void aParameterOfTheWrongLengthIsComparedAsItCame() {
        assertThat(BinaryParameter.text(Bytes.utf8("abc"), 23, 1)).isEqualTo("abc");
        assertThat(BinaryParameter.text(Bytes.ofHex("7fffffffffffffff"), 1083, 1))
                .isNotEmpty();
        assertThat(BinaryParameter.text(Bytes.ofHex("0001000000000000"), 1700, 1))
                .isNotEmpty();
        assertThat(BinaryParameter.text(null, 23, 1)).isEmpty();
    }

    private static String sent(String type, String send, String text) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                PreparedStatement query =
                        connection.prepareStatement("select encode(" + send + "(?::" + type + "), 'hex')")) {
            query.setString(1, text);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
