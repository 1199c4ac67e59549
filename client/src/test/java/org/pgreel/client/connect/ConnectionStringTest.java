package org.pgreel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings of libpq's own tests of its URIs among them (src/interfaces/libpq/t/001_uri.pl). */
class ConnectionStringTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "postgresql://uri-user:secret@host:12345/db|dbname=db host=host password=secret port=12345 user=uri-user",
                "postgresql://uri-user@host:12345/db|dbname=db host=host port=12345 user=uri-user",
                "postgresql://uri-user@host/db|dbname=db host=host user=uri-user",
                "postgresql://host:12345/db|dbname=db host=host port=12345",
                "postgresql://host/db|dbname=db host=host",
                "postgresql://uri-user@host:12345/|host=host port=12345 user=uri-user",
                "postgresql://uri-user@host/|host=host user=uri-user",
                "postgresql://uri-user@|user=uri-user",
                "postgresql://host:12345/|host=host port=12345",
                "postgresql://host:12345|host=host port=12345",
                "postgresql://host/|host=host",
                "postgresql://host|host=host",
                "postgresql://|",
                "postgresql://?hostaddr=127.0.0.1|hostaddr=127.0.0.1",
                "postgresql://example.com?hostaddr=63.1.2.4|host=example.com hostaddr=63.1.2.4",
                "postgresql://%68ost/|host=host",
                "postgresql://host/db?user=uri-user|dbname=db host=host user=uri-user",
                "postgresql://host/db?user=uri-user&port=12345|dbname=db host=host port=12345 user=uri-user",
                "postgresql://host/db?u%73er=someotheruser&port=12345|dbname=db host=host port=12345 user=someotheruser",
                "postgresql://host:12345?user=uri-user|host=host port=12345 user=uri-user",
                "postgresql://host?user=uri-user|host=host user=uri-user",
                "postgresql://host?|host=host",
                "postgresql://[::1]:12345/db|dbname=db host=::1 port=12345",
                "postgresql://[::1]/db|dbname=db host=::1",
                "postgresql://[2001:db8::1234]/|host=2001:db8::1234",
                "postgresql://[200z:db8::1234]/|host=200z:db8::1234",
                "postgresql://[::1]|host=::1",
                "postgres://|",
                "postgres:///|",
                "postgres:///db|dbname=db",
                "postgres://uri-user@/db|dbname=db user=uri-user",
                "postgres://?host=/path/to/socket/dir|host=/path/to/socket/dir",
                "postgres://%2Fvar%2Flib%2Fpostgresql/dbname|dbname=dbname host=/var/lib/postgresql",
                "postgres://otheruser@?host=/no/such/directory|host=/no/such/directory user=otheruser",
                "postgres://otheruser@/?host=/no/such/directory|host=/no/such/directory user=otheruser",
                "postgres://otheruser@:12345?host=/no/such|host=/no/such port=12345 user=otheruser",
                "postgres://host/db?host=/p|dbname=db host=/p",
                "postgresql://host?ssl=true|host=host sslmode=require",
                "postgresql://a:1,b,[::1]:3/db|dbname=db host=a,b,::1 port=1,,3",
                "postgresql://a,b?target_session_attrs=primary|host=a,b port=, target_session_attrs=primary",
                "postgresql://:5/|port=5",
                "postgresql://u:p:q@h|host=h password=p:q user=u",
                "postgresql://h/a%20b|dbname=a b host=h",
                "postgresql://h/%C3%A9+|dbname=é+ host=h",
            })
    void aUri(String uri, String parameters) {
        assertThat(shown(ConnectionString.parse(uri))).isEqualTo(parameters == null ? "" : parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "host=localhost port=5432|host=localhost port=5432",
                "  host = localhost\tport=5432  |host=localhost port=5432",
                "dbname='my db'user=x|dbname=my db user=x",
                "password='it\\'s \\\\'|password=it's \\",
                "password=a\\ b\\=c|password=a b=c",
                "dbname=|dbname=",
                "dbname='' user=x|dbname= user=x",
                "host=a host=b|host=b",
                "requiressl=1|sslmode=require",
                "requiressl=0|sslmode=prefer",
                "password=x\\|password=x",
                "dbname=postgresql://h/d|dbname=postgresql://h/d",
                "options='-c geqo=off -c a=b\\ c'|options=-c geqo=off -c a=b c",
            })
    void keywordsWithValues(String text, String parameters) {
        assertThat(shown(ConnectionString.parse(text))).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "postgresql://host/db?u%7aer=x&port=1|22|did you mean user?",
                "postgresql://host?zzz|19|\"=\" is missing",
                "postgresql://host?user=a=b|25|second \"=\"",
                "postgresql://host?sslmod=require|19|did you mean sslmode?",
                "postgresql://host?%|19|\"=\" is missing",
                "postgresql://%|14|two hex digits",
                "postgresql://h/%1|16|two hex digits",
                "postgresql://h/a%1z|17|two hex digits",
                "postgresql://h/a%00|17|%00 is forbidden",
                "postgresql://h/a b|17|space",
                "postgresql://[::1|14|no end",
                "postgresql://[]|14|empty",
                "postgresql://[::1]z|19|only",
                "postgresql://h/%ff|16|UTF-8",
                "host|1|\"=\" is missing behind host",
                "host=a nonsense|8|\"=\" is missing behind this word",
                "host=a dbname='b|15|no end",
                "hots=a|1|did you mean host?",
                "host=a Port=1|8|did you mean port?",
                "=a|1|a keyword of libpq is expected",
            })
    void aWrongStringIsRefusedWithItsPlace(String text, int position, String words) {
        assertThatThrownBy(() -> ConnectionString.parse(text))
                .isInstanceOf(ConnectionStringException.class)
                .hasMessageStartingWith("connection string, position " + position + ": ")
                .hasMessageContaining(words)
                .extracting(failure -> ((ConnectionStringException) failure).position())
                .isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=my Tr0ub4dor",
                "password=my Tr0ub4dor=x",
                "password='Tr0ub4dor",
                "user=a Tr0ub4dor",
                "postgresql://u:Tr0ub4dor%@h",
                "postgresql://h?Tr0ub4dor",
                "postgresql://h?Tr0ub4dor=1"
            })
    void noMessageShowsWhatMayBeAPassword(String text) {
        assertThatThrownBy(() -> ConnectionString.parse(text)).hasMessageNotContaining("Tr0ub4dor");
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> ConnectionString.parse("user=a\0b")).hasMessageContaining("position 7: a NUL");
    }

    private static String shown(Map<Keyword, String> parameters) {
        Map<String, String> sorted = new TreeMap<>();
        parameters.forEach((keyword, value) -> sorted.put(keyword.word(), value));
        StringBuilder shown = new StringBuilder();
        sorted.forEach((word, value) -> shown.append(shown.isEmpty() ? "" : " ").append(word + "=" + value));
        return shown.toString();
    }
}
