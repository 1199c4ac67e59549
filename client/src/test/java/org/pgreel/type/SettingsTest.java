package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.DataErrorException;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;

/** What the server's settings make of the text of a value, and what the special values are in Java. */
@Tag("behaviour")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SettingsTest {
    private static final List<String> INTERVALS = List.of(
            "0",
            "1 year 2 months 3 days 4 hours 5 minutes 6.789 seconds",
            "-1 years -2 months -3 days -04:05:06.789",
            "1 year -2 months 3 days -04:05:06",
            "-1 month 31 days",
            "-3 days -4 hours",
            "-14 months",
            "-25:00:00.000001",
            "0.5 seconds",
            "-0.5 seconds",
            "1 mon -1 second",
            "178000000 years",
            "-2147483:00:54.775807");

    private static TypedSession session;

    @BeforeAll
    static void open() throws Exception {
        session = TypedSession.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static Row text(String sql) throws Exception {
        return session.query(ParameterizedQuery.of(sql, List.of())).onlyRow();
    }

    private static Row binary(String sql) throws Exception {
        return session.query(ParameterizedQuery.of(sql, List.of()).withBinaryResults())
                .onlyRow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgres_verbose", "sql_standard", "iso_8601"})
    void anIntervalIsReadInEachStyle(String style) throws Exception {
        session.run("SET IntervalStyle = " + style);
        try {
            for (String interval : INTERVALS) {
                // The style changes what a literal's signs mean too.
                String sql = "SELECT make_interval(secs => 0) + $1";
                var query = ParameterizedQuery.of(sql, List.of(Parameter.of(interval(interval))));
                PgInterval fromText = session.query(query).onlyRow().get(0, PgInterval.class);

                assertThat(fromText).as(interval).isEqualTo(interval(interval));
                assertThat(session.query(ParameterizedQuery.of(sql, List.of(Parameter.text(fromText.toString()))))
                                .onlyRow()
                                .get(0, PgInterval.class))
                        .as(fromText + " of " + interval)
                        .isEqualTo(fromText);
            }
        } finally {
            session.run("RESET IntervalStyle");
        }
    }

    private static PgInterval interval(String literal) throws Exception {
        String style = session.run("SHOW IntervalStyle").only().onlyRow().text(0);
        session.run("SET IntervalStyle = postgres");
        PgInterval interval = binary("SELECT '" + literal + "'::interval").get(0, PgInterval.class);
        session.run("SET IntervalStyle = " + style);
        return interval;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL", "Postgres", "German"})
    void aDateInAnotherStyleIsRefusedAndReadInBinary(String style) throws Exception {
        session.run("SET DateStyle = " + style);
        try {
            assertThatThrownBy(() -> text("SELECT date '2001-02-03'").get(0, LocalDate.class))
                    .isInstanceOf(DataErrorException.class)
                    .hasMessageContaining("not as DateStyle ISO writes it: set that, or ask for binary");
            assertThat(binary("SELECT date '2001-02-03'").get(0, LocalDate.class))
                    .isEqualTo(LocalDate.of(2001, 2, 3));
        } finally {
            session.run("RESET DateStyle");
        }
    }

    @Test
    void aSessionAsksForIsoWhateverItsDatabaseIsSetTo() throws Exception {
        session.run("DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET DateStyle = German', current_database()); END$$");
        try (TypedSession later = TypedSession.open()) {
            assertThat(later.session().parameters().get("DateStyle")).startsWith("ISO, ");
            assertThat(later.query(ParameterizedQuery.of("SELECT date '2001-02-03'", List.of()))
                            .onlyRow()
                            .get(0, LocalDate.class))
                    .isEqualTo(LocalDate.of(2001, 2, 3));
        } finally {
            session.run("DO $$BEGIN EXECUTE format('ALTER DATABASE %I RESET DateStyle', current_database()); END$$");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Europe/Amsterdam"})
    void anInstantIsTheSameInEverySessionsZone(String zone) throws Exception {
        session.run("SET TimeZone = '" + zone + "'");
        try {
            for (String literal :
                    List.of("2004-10-19 10:23:54.5+02", "1883-11-18 12:00:00-04:56:02", "0044-03-15 BC")) {
                String sql = "SELECT timestamptz '" + literal + "'";

                assertThat(text(sql).get(0, Instant.class))
                        .isEqualTo(binary(sql).get(0, Instant.class));
                assertThat(text(sql).get(0, OffsetDateTime.class))
                        .isEqualTo(binary(sql).get(0, OffsetDateTime.class));
            }
        } finally {
            session.run("RESET TimeZone");
        }
    }

    @Test
    void bytesAreReadAsHexAndEscaped() throws Exception {
        String sql = "SELECT '\\x005c27ff41'::bytea";
        byte[] expected = {0, '\\', '\'', (byte) 0xFF, 'A'};
        assertThat(text(sql).get(0, byte[].class)).isEqualTo(expected);
        session.run("SET bytea_output = escape");
        try {
            assertThat(text(sql).get(0, byte[].class)).isEqualTo(expected);
            assertThat(text("SELECT array['\\x005c'::bytea]").get(0, byte[][].class))
                    .isDeepEqualTo(new byte[][] {{0, '\\'}});
        } finally {
            session.run("RESET bytea_output");
        }
    }

    @Test
    void whatJavaHasNotIsTheGreatestAndTheLeastOfItsClass() throws Exception {
        for (Row row : List.of(
                text(
                        "SELECT date 'infinity', timestamp '-infinity', timestamptz 'infinity', time '24:00', timetz '24:00+02'"),
                binary(
                        "SELECT date 'infinity', timestamp '-infinity', timestamptz 'infinity', time '24:00', timetz '24:00+02'"))) {
            assertThat(row.get(0, LocalDate.class)).isEqualTo(LocalDate.MAX);
            assertThat(row.get(1, LocalDateTime.class)).isEqualTo(LocalDateTime.MIN);
            assertThat(row.get(2, Instant.class)).isEqualTo(Instant.MAX);
            assertThat(row.get(2, OffsetDateTime.class)).isEqualTo(OffsetDateTime.MAX);
            assertThat(row.get(3, LocalTime.class)).isEqualTo(LocalTime.MAX);
            assertThat(row.get(4, OffsetTime.class)).isEqualTo(LocalTime.MAX.atOffset(ZoneOffset.ofHours(2)));
        }
        Row back = session.query(ParameterizedQuery.of(
                        "SELECT isfinite($1::date), isfinite($2::timestamp), isfinite($3::timestamptz), $4::time::text, $5::text",
                        List.of(
                                Parameter.of(LocalDate.MIN),
                                Parameter.of(LocalDateTime.MAX),
                                Parameter.of(OffsetDateTime.MIN),
                                Parameter.of(LocalTime.MAX),
                                Parameter.of(LocalDate.of(0, 1, 1)))))
                .onlyRow();
        assertThat(back.getBoolean(0) || back.getBoolean(1) || back.getBoolean(2))
                .isFalse();
        assertThat(back.text(3)).isEqualTo("24:00:00");
        assertThat(back.text(4)).isEqualTo("0001-01-01 BC");
    }

    @ParameterizedTest
    @CsvSource({
        "regclass, pg_class, 1259",
        "regtype, integer, 23",
        "regproc, pg_sleep, 2626",
        "regnamespace, pg_catalog, 11"
    })
    void aNameOfTheCatalogueIsTextAndItsNumberBinary(String type, String name, long oid) throws Exception {
        String sql = "SELECT '" + name + "'::" + type;

        assertThat(text(sql).get(0, String.class)).isEqualTo(name);
        assertThat(binary(sql).get(0, Long.class)).isEqualTo(oid);
        assertThatThrownBy(() -> text(sql).get(0, Long.class)).hasMessageContaining("a name, and not a number");
        assertThat(text("SELECT '4294967295'::" + type + ", '-'::" + type).get(0, Long.class))
                .isEqualTo(4294967295L);
    }

    @Test
    void moneyIsReadInItsLocale() throws Exception {
        assertThat(text("SELECT '-1234.56'::money").get(0, PgMoney.class)).isEqualTo(new PgMoney(-123456));
        assertThat(binary("SELECT '-1234.56'::money").get(0, PgMoney.class).amount(2))
                .hasToString("-1234.56");
        assertThatThrownBy(() -> binary("SELECT '1'::money").get(0, String.class))
                .hasMessageContaining("only the server knows its text: ask for text");
        for (String text : List.of("($1,234.56)", "-1.234,56 €", "¥-123,456", "$-1,234.56")) {
            assertThat(TypeRegistry.builtIn().codec(790, PgMoney.class).parse(text))
                    .isEqualTo(new PgMoney(-123456));
        }
    }

    @Test
    void whatTheServerWritesOnlyAsTextIsAString() throws Exception {
        assertThat(text("SELECT relacl[1] FROM pg_class WHERE relacl IS NOT NULL LIMIT 1")
                        .get(0, String.class))
                .contains("=");
        assertThat(text("SELECT 'x', NULL").get(0, Object.class)).isEqualTo("x");
    }
}
