package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

class RowTest {
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final int INT4_ARRAY = 1007;
    private static final int NUMERIC = 1700;

    static Row row(int format, String name, int typeOid, @Nullable Bytes value) {
        var column = new FieldDescription(name, 0, 0, typeOid, -1, -1, format);
        List<@Nullable Bytes> values = new ArrayList<>();
        values.add(value);
        return new Row(Values.of(values), new RowDescription(List.of(column)));
    }

    private static Row binary(int typeOid, String hex) {
        return row(1, "total", typeOid, Bytes.ofHex(hex));
    }

    private static Row text(int typeOid, @Nullable String text) {
        return row(0, "total", typeOid, text == null ? null : Bytes.utf8(text));
    }

    @Test
    void aValueIsTheSameInBothFormats() {
        assertThat(binary(INT4, "0000002a").get("total", Integer.class)).isEqualTo(42);
        assertThat(text(INT4, "42").get("total", Integer.class)).isEqualTo(42);
        assertThat(binary(INT4, "0000002a").get(0, Long.class)).isEqualTo(42L);
        assertThat(binary(INT4, "0000002a").get(0, String.class)).isEqualTo("42");
        assertThat(binary(INT4, "0000002a").get(0, Object.class)).isEqualTo(42);
        assertThat(binary(INT4, "0000002a").get(0, Number.class)).isEqualTo(42);
        assertThat(text(NUMERIC, "1.10").get(0, Number.class)).isEqualTo(new BigDecimal("1.10"));
        assertThat(text(INT4_ARRAY, "{1,NULL}").list(0, Integer.class)).containsExactly(1, null);
        assertThat(text(INT4_ARRAY, "{{1,2},{3,4}}").get(0, int[][].class)).isDeepEqualTo(new int[][] {{1, 2}, {3, 4}});
    }

    @Test
    void nullIsNullAndNoPrimitive() {
        assertThat(text(INT4, null).get(0, Integer.class)).isNull();
        assertThatThrownBy(() -> text(INT4, null).getInt(0))
                .isInstanceOf(DataErrorException.class)
                .hasMessage("the column total (int4) cannot be read: it is NULL, which the primitive type cannot hold");
    }

    @Test
    void primitivesAreOfTheColumnsTypeAndNotOfItsLength() {
        assertThat(binary(INT8, "000000000000002a").getInt(0)).isEqualTo(42);
        assertThat(binary(INT4, "ffffffff").getLong(0)).isEqualTo(-1L);
        assertThat(text(NUMERIC, "42.0").getLong(0)).isEqualTo(42L);
        assertThat(binary(BOOL, "01").getBoolean("total")).isTrue();
        assertThat(text(INT4, "7").getInt("total") + text(INT4, "7").getLong("total"))
                .isEqualTo(14);
        assertThat(binary(FLOAT4, "3fc00000").getDouble(0)).isEqualTo(1.5);
        assertThat(binary(FLOAT8, "3ff8000000000000").getDouble(0)).isEqualTo(1.5);
        assertThat(text(FLOAT8, "-Infinity").getDouble(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(text(NUMERIC, "1.50").getDouble(0)).isEqualTo(1.5);
        assertThatThrownBy(() -> binary(FLOAT8, "3ff800").getDouble(0)).hasMessageEndingWith("3 bytes instead of 8");
        assertThatThrownBy(() -> binary(FLOAT4, "3f800000").getInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("float4 has no codec for java.lang.Integer, but for Float, Double: register one by"
                        + " TypeRegistry.with");
    }

    @Test
    void aFailureNamesColumnTypeAndFactAndNeverTheValue() {
        assertThatThrownBy(() -> text(NUMERIC, "secret").get("total", BigDecimal.class))
                .isInstanceOfSatisfying(DataErrorException.class, failure -> {
                    assertThat(failure.column()).isEqualTo("total");
                    assertThat(failure.typeName()).isEqualTo("numeric");
                    assertThat(failure.kind()).isEqualTo("DataError");
                    assertThat(failure.mayHaveExecuted()).isTrue();
                })
                .hasMessage("the column total (numeric) cannot be read: not a number");
        assertThatThrownBy(() -> binary(INT8, "0000000100000000").getInt(0))
                .hasMessage("the column total (int8) cannot be read: the number does not fit into 32 bits");
        assertThatThrownBy(() -> binary(NUMERIC, "0002 0000 0000 0000 0001").get(0, BigDecimal.class))
                .hasMessage(
                        "the column total (numeric) cannot be read: at byte 8: 2 items of at least 2 bytes announced,"
                                + " 2 bytes left");
        assertThatThrownBy(() -> text(NUMERIC, "NaN").get(0, BigDecimal.class))
                .hasMessageEndingWith("NaN is no BigDecimal: ask for a PgNumeric");
    }

    @Test
    void aClassThatTheTypeKnowsNotIsTheCallersMistake() {
        assertThatThrownBy(() -> text(TEXT, "x").get(0, URI.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text has no codec for java.net.URI, but for String: register one by TypeRegistry.with");
        assertThatThrownBy(() -> text(TEXT, "x").get("sum", String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the result has no column sum");
    }

    @Test
    void readingAllocatesNothingButTheResult() {
        Row number = binary(INT4, "0000002a");
        Row digits = text(INT8, "-123456789");
        Row truth = text(BOOL, "t");
        long sum = readAll(number, digits, truth, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += readAll(number, digits, truth, 100_000);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        assertThat(sum).isNotZero();
    }

    private static long readAll(Row number, Row digits, Row truth, int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += number.getInt(0) + digits.getLong(0) + (truth.getBoolean(0) ? 1 : 0);
            // Java keeps objects of small numbers.
            sum += number.get(0, Integer.class) + (truth.get(0, Boolean.class) ? 1 : 0);
        }
        return sum;
    }
}
