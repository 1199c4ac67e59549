package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Bytes;

/** The Java classes for what Java has no class for, and the bounds of those that it has. */
class PgValuesTest {
    private static final TypeRegistry TYPES = TypeRegistry.builtIn();

    @Test
    void anIntervalIsAPeriodOrADurationIfItHasNothingElse() {
        assertThat(PgInterval.of(Period.of(1, 2, -3))).isEqualTo(new PgInterval(14, -3, 0));
        assertThat(new PgInterval(14, -3, 0).toPeriod()).isEqualTo(Period.of(1, 2, -3));
        assertThat(PgInterval.of(Duration.ofNanos(-1500))).isEqualTo(new PgInterval(0, 0, -2));
        assertThat(new PgInterval(0, 0, -2).toDuration()).isEqualTo(Duration.ofNanos(-2000));
        assertThatThrownBy(() -> new PgInterval(1, 0, 0).toDuration()).isInstanceOf(MalformedValueException.class);
        assertThatThrownBy(() -> new PgInterval(1, 0, 1).toPeriod()).isInstanceOf(MalformedValueException.class);
        assertThatThrownBy(PgInterval.INFINITY::toPeriod).isInstanceOf(MalformedValueException.class);
        assertThatThrownBy(() -> PgInterval.of(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new PgInterval(-14, 3, -3_600_000_000L - 500_000)).hasToString("P-1Y-2M3DT-1H-0.5S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "PT", "P1", "x", "1 day 2", "@ 1", "1-2-3", "P99999999999Y", "1 mons mons", "P1.5D"})
    void whatIsNoIntervalIsRefused(String text) {
        assertThatThrownBy(() -> IntervalText.parse(text)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void anArrayHasDimensionsAndLowerBounds() {
        PgArray<Integer> array = PgArray.of(Arrays.asList(1, 2, 3, null), new int[] {2, 2}, new int[] {0, 5});

        assertThat(array.get(1, 5)).isEqualTo(3);
        assertThat(array.get(1, 6)).isNull();
        assertThat(array.dimensions()).isEqualTo(2);
        assertThat(array.map(Integer::longValue).get(0, 6)).isEqualTo(2L);
        assertThatThrownBy(() -> array.get(2, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(PgArray.of()).isEqualTo(PgArray.of(List.of()));
        assertThatThrownBy(() -> PgArray.of(List.of(1), new int[] {2}, new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PgArray.of(List.of(), new int[] {0}, new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.elements().set(0, 9)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{1",
                "{1,}",
                "{,1}",
                "{{1},2}",
                "{1,{2}}",
                "{{1},{2,3}}",
                "{1}x",
                "[1:2]={1}",
                "[1:1]={{1}",
                "{\"1}",
                "{1\"2\"}",
                "{{{{{{{1}}}}}}}",
                "[2147483647:2147483647]={1}",
                "{{},{}}"
            })
    void whatIsNoArrayIsRefused(String text) {
        assertThatThrownBy(() -> TYPES.codec(1009).parse(text)).isInstanceOf(MalformedValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000007 00000000 00000017",
                "00000001 00000002 00000017 00000001 00000001 ffffffff",
                "00000001 00000000 00000019 00000001 00000001 ffffffff",
                "00000001 00000000 00000017 7fffffff 00000001",
                "00000001 00000000 00000017 ffffffff 00000001",
                "00000002 00000000 00000017 00010000 00000001 00010000 00000001",
                "00000001 00000000 00000017 00000001 7fffffff ffffffff",
                "00000001 00000000 00000017 00000001 00000001 fffffffe",
                "00000001 00000000 00000017 00000001 00000001 00000005 00000001 00"
            })
    void bytesThatAreNoArrayAreRefused(String hex) {
        byte[] bytes = Bytes.ofHex(hex).toArray();

        assertThatThrownBy(() -> TYPES.codec(1007).decodeBinary(bytes, 0, bytes.length))
                .isInstanceOf(MalformedValueException.class);
    }

    @Test
    void recordsAreNestedSixteenDeepAtMost() {
        String record = "";
        for (int depth = 0; depth < 17; depth++) {
            int length = record.replace(" ", "").length() / 2;
            record = "00000001 000008c9 " + (depth == 0 ? "ffffffff" : String.format("%08x", length)) + record;
        }
        byte[] bytes = Bytes.ofHex(record).toArray();
        byte[] inner = Arrays.copyOfRange(bytes, 12, bytes.length);

        assertThat(TYPES.codec(2249).decodeBinary(inner, 0, inner.length)).isInstanceOf(PgComposite.class);
        byte[] outer = Bytes.ofHex("00000001 000008c9 " + String.format("%08x", bytes.length))
                .plus(Bytes.wrap(bytes))
                .toArray();
        assertThatThrownBy(() -> TYPES.codec(2249).decodeBinary(outer, 0, outer.length))
                .isInstanceOf(MalformedValueException.class)
                .hasMessageContaining("nested more than 16 deep");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "1::, 1::",
        "::, ::",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4",
        "0:0:1::, 0:0:1::",
        "1:0:0:2::, 1:0:0:2::",
        "1.2.3.4/0, 1.2.3.4/0",
        "FE80::A, fe80::a",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304"
    })
    void anAddressIsWrittenAsTheServerDoes(String text, String written) {
        assertThat(PgInet.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4/33",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                ":1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "localhost",
                "::1/129",
                "1.2.3.4/",
                "1:2:3:4:5:6:7::8"
            })
    void whatIsNoAddressIsRefusedAndNeverResolved(String text) {
        assertThatThrownBy(() -> PgInet.parse(text)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void whatATypeCannotHoldIsRefusedBeforeItIsWritten() {
        for (Object value : List.of(
                LocalDate.of(6_000_000, 1, 1),
                LocalDateTime.of(300_000, 1, 1, 0, 0),
                Instant.MAX.minusSeconds(1),
                new BigDecimal(BigInteger.ONE, 16_384),
                new BigDecimal(BigInteger.ONE, -131_072),
                new BigDecimal(BigInteger.ONE, -1_000_000_000))) {
            assertThatThrownBy(() -> TYPES.encode(value)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TYPES.encode(40_000, 21)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TYPES.encode(-1L, 26)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TYPES.encode('\u20ac', 18)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TYPES.encode(PgMacAddress.of("08:00:2b:01:02:03"), 774))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsFinerThanAMicrosecondIsCutOffTowardsThePast() {
        assertThat(TYPES.codec(1083, LocalTime.class).print(LocalTime.of(23, 59, 59, 999_999_998)))
                .isEqualTo("23:59:59.999999");
        assertThat(TYPES.codec(1184, Instant.class).print(Instant.ofEpochSecond(-1, 999)))
                .isEqualTo("1969-12-31 23:59:59+00");
        byte[] bytes =
                TYPES.encode(Instant.ofEpochSecond(-1, 999_999_999)).bytes().toArray();
        assertThat(TYPES.codec(1184, Instant.class).decodeBinary(bytes, 0, 8))
                .isEqualTo(Instant.ofEpochSecond(-1, 999_999_000));
    }

    @Test
    void whatIsNotFiniteIsNoBigDecimal() {
        assertThat(TYPES.codec(1700).parse("NaN")).isEqualTo(PgNumeric.NAN);
        assertThat(TYPES.codec(1700).parse("1.10")).isEqualTo(new BigDecimal("1.10"));
        assertThat(TYPES.codec(1700, Double.class).parse("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(TYPES.codec(1700, Long.class).parse("42.00")).isEqualTo(42L);
        assertThatThrownBy(() -> TYPES.codec(1700, Long.class).parse("42.10"))
                .isInstanceOf(MalformedValueException.class);
        assertThatThrownBy(() -> TYPES.codec(1700, BigInteger.class).parse("0.5"))
                .isInstanceOf(MalformedValueException.class);
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, 1f, -2.5f, 65_504f, 0x1p-14f, 0x1p-24f, 0.333251953125f})
    void aFloatOfSixteenBitsIsWhatItWas(float value) {
        assertThat(HalfFloat.toFloat(HalfFloat.of(value))).isEqualTo(value);
    }

    @Test
    void aFloatOfSixteenBitsIsRoundedToTheNearest() {
        assertThat(HalfFloat.toFloat(HalfFloat.of(1f + 0x1p-11f))).isEqualTo(1f);
        assertThat(HalfFloat.toFloat(HalfFloat.of(1f + 0x1.8p-10f))).isEqualTo(1f + 0x1p-9f);
        assertThat(HalfFloat.of(65_519f)).isEqualTo((short) 0x7BFF);
        assertThat(HalfFloat.of(0x1p-26f)).isZero();
        assertThatThrownBy(() -> HalfFloat.of(65_520f)).isInstanceOf(IllegalArgumentException.class);
        for (int bits = 0; bits < 0x7C00; bits++) {
            assertThat(HalfFloat.of(HalfFloat.toFloat((short) bits))).isEqualTo((short) bits);
        }
    }

    /** As pgvector's send functions write them (its vector.c, halfvec.c and sparsevec.c). */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vector; [1.0,2.5]; 0002 0000 3f800000 40200000",
                "halfvec; [1.0,-2.0]; 0002 0000 3c00 c000",
                "sparsevec; {1:1.5,3:-2.0}/5; 00000005 00000002 00000000 00000000 00000002 3fc00000 c0000000"
            })
    void vectorsTravelAsPgvectorWritesThem(String type, String text, String hex) {
        byte[] bytes = Bytes.ofHex(hex).toArray();
        int oid = SampleTypes.REGISTRY.typeNamed(type).orElseThrow().oid();
        Object value = SampleTypes.REGISTRY.codec(oid).decodeBinary(bytes, 0, bytes.length);

        assertThat(value).hasToString(text);
        assertThat(SampleTypes.REGISTRY.codec(oid).parse(text)).isEqualTo(value);
        assertThat(SampleTypes.REGISTRY.encode(value, oid).bytes()).isEqualTo(Bytes.wrap(bytes));
        assertThat(new PgSparseVector(3, new java.util.TreeMap<>(java.util.Map.of(1, 0f, 2, 1f))))
                .hasToString("{2:1.0}/3");
    }

    @Test
    void aVectorIsAnArrayOfFloatsToo() {
        int oid = SampleTypes.REGISTRY.typeNamed("vector").orElseThrow().oid();

        assertThat(SampleTypes.REGISTRY.codec(oid, float[].class).parse("[1,2.5]"))
                .containsExactly(1f, 2.5f);
        assertThat(SampleTypes.REGISTRY.encode(new float[] {1}).typeOid()).isEqualTo(1021);
        assertThat(SampleTypes.REGISTRY.encode(new float[] {1}, oid).bytes().hex())
                .isEqualTo("000100003f800000");
    }

    @Test
    void partsThatMakeNoQueryAreRefused() {
        PgTsQuery.Word word = new PgTsQuery.Word("a", "", false);
        assertThatThrownBy(() -> new PgTsQuery(List.of(word, word))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PgTsQuery(List.of(PgTsQuery.Operator.AND, word)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new PgTsQuery(List.of(PgTsQuery.Operator.AND, word, PgTsQuery.Operator.NOT, word)))
                .hasToString("!'a' & 'a'");
        for (String text :
                List.of("'a' 'b'", "'a' &", "& 'a'", "('a'", "'a')", "'a' <16385> 'b'", "'a", "a", "'a':x")) {
            assertThatThrownBy(() -> PgTsQuery.parse(text)).as(text).isInstanceOf(MalformedValueException.class);
        }
    }
}
