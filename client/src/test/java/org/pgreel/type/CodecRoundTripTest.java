package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pgreel.protocol.wire.Bytes;

/** Whatever is encoded is decoded as it was, in both formats; arrays, composites and ranges of it too. */
class CodecRoundTripTest {
    private static final TypeRegistry TYPES = SampleTypes.REGISTRY;

    /** A value of a type. */
    private record Sample(int oid, Object value) {}

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.oneOf(
                of(16, Arbitraries.of(true, false)),
                of(21, Arbitraries.shorts()),
                of(23, Arbitraries.integers()),
                of(20, Arbitraries.longs()),
                of(26, Arbitraries.longs().between(0, 0xFFFFFFFFL)),
                of(700, Arbitraries.floats()),
                of(701, Arbitraries.doubles()),
                of(1700, Arbitraries.bigDecimals().ofScale(7)),
                of(1700, decimals()),
                of(25, strings()),
                of(3802, strings()),
                of(17, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)),
                of(
                        2950,
                        Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                                .as(UUID::new)),
                of(18, Arbitraries.chars().range((char) 0, (char) 255)),
                of(1082, days().map(LocalDate::ofEpochDay)),
                of(1083, times()),
                of(1266, Combinators.combine(times(), offsets()).as(LocalTime::atOffset)),
                of(1114, instants().map(instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC))),
                of(1184, instants()),
                of(
                        1186,
                        Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), Arbitraries.longs())
                                .as(PgInterval::new)),
                of(
                        1562,
                        Arbitraries.strings()
                                .withChars('0', '1')
                                .ofMaxLength(40)
                                .map(PgBits::parse)),
                of(600, points()),
                of(604, points().list().ofMinSize(1).ofMaxSize(5).map(PgPolygon::new)),
                of(3220, Arbitraries.longs().map(PgLsn::new)),
                of(869, addresses()),
                of(3615, queries()),
                of(
                        70_000,
                        Arbitraries.maps(strings(), strings().injectNull(0.2)).ofMaxSize(4)));
    }

    private static Arbitrary<Sample> of(int oid, Arbitrary<?> values) {
        return values.map(value -> new Sample(oid, value));
    }

    private static Arbitrary<BigDecimal> decimals() {
        return Combinators.combine(
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(60),
                        Arbitraries.integers().between(-40, 80),
                        Arbitraries.of(1, -1))
                .as((digits, scale, sign) ->
                        new BigDecimal(new java.math.BigInteger(digits), scale).multiply(BigDecimal.valueOf(sign)));
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.of(
                        "a",
                        "B",
                        "1",
                        " ",
                        ",",
                        ";",
                        "{",
                        "}",
                        "(",
                        ")",
                        "[",
                        "]",
                        "\"",
                        "\\",
                        "'",
                        "=>",
                        "\n",
                        "\t",
                        "\u00e9",
                        "\ud83d\udc18",
                        "NULL",
                        "null",
                        "empty")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<Long> days() {
        return Arbitraries.longs().between(-2_440_588, 2_147_000_000L);
    }

    private static Arbitrary<LocalTime> times() {
        return Arbitraries.longs().between(0, 86_399_999_999L).map(micros -> LocalTime.ofNanoOfDay(micros * 1000));
    }

    private static Arbitrary<ZoneOffset> offsets() {
        return Arbitraries.integers().between(-57_599, 57_599).map(ZoneOffset::ofTotalSeconds);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(-200_000_000_000_000_000L, 9_000_000_000_000_000_000L)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static Arbitrary<PgPoint> points() {
        return Combinators.combine(Arbitraries.doubles(), Arbitraries.doubles()).as(PgPoint::new);
    }

    private static Arbitrary<PgInet> addresses() {
        Arbitrary<Byte> some = Arbitraries.of((byte) 0, (byte) 0, (byte) 1, (byte) 0xFF, (byte) 0x20);
        Arbitrary<byte[]> bytes = Arbitraries.oneOf(
                some.array(byte[].class).ofSize(4), some.array(byte[].class).ofSize(16));
        return Combinators.combine(bytes, Arbitraries.integers().between(0, 32))
                .as((address, prefix) -> new PgInet(Bytes.wrap(address), prefix));
    }

    /** Of operators and words at random, as long as they are one query. */
    private static Arbitrary<PgTsQuery> queries() {
        return Arbitraries.of(0, 1, 2, 3, 4).list().ofMaxSize(12).map(kinds -> {
            List<PgTsQuery.Part> parts = new ArrayList<>();
            int missing = 1;
            for (int kind : kinds) {
                PgTsQuery.Part part = switch (kind) {
                    case 0 -> PgTsQuery.Operator.NOT;
                    case 1 -> PgTsQuery.Operator.AND;
                    case 2 -> PgTsQuery.Operator.OR;
                    case 3 -> PgTsQuery.Operator.phrase(2);
                    default -> new PgTsQuery.Word("it's", "AD", true);
                };
                if (missing > 0) {
                    parts.add(part);
                    missing += PgTsQuery.operands(part) - 1;
                }
            }
            for (; missing > 0; missing--) {
                parts.add(new PgTsQuery.Word("w", "", false));
            }
            return new PgTsQuery(parts);
        });
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.MIXIN)
    void aValueIsDecodedAsItWasEncoded(@ForAll("samples") Sample sample) {
        check(codec(sample.oid()), sample.value());
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.MIXIN)
    void soAreArraysOfIt(@ForAll("samples") Sample sample) {
        Object value = sample.value();
        var array = new ArrayCodec<>(sample.oid(), codec(sample.oid()), ',');

        check(array, PgArray.of(Arrays.asList(value, null, value)));
        check(array, PgArray.of(Arrays.asList(value, null, value, value), new int[] {2, 2}, new int[] {-1, 7}));
        check(array, PgArray.of());
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.MIXIN)
    void soAreCompositesAndRangesOfIt(@ForAll("samples") Sample sample) {
        Object value = sample.value();
        PgType type = PgType.composite(
                80_000, "pair", List.of(new PgType.Field("a", sample.oid()), new PgType.Field("b", sample.oid())));
        var composite = new CompositeCodec(type, List.of(codec(sample.oid()), codec(sample.oid())));
        check(composite, PgComposite.of(type, value, null));
        check(composite, PgComposite.of(type, value, value));

        var range = new RangeCodec<>(codec(sample.oid()));
        check(range, PgRange.of(value, null));
        check(range, PgRange.closed(value, value));
        check(
                new MultirangeCodec<>(range),
                PgMultirange.of(PgRange.of(null, value), PgRange.empty(), PgRange.of(value, null)));
        // In arrays of composites of ranges everything is quoted three times.
        check(new ArrayCodec<>(80_000, composite, ','), PgArray.of(PgComposite.of(type, value, value)));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> codec(int oid) {
        return (Codec<Object>) TYPES.codec(oid);
    }

    @SuppressWarnings("unchecked")
    private static <T> void check(Codec<T> codec, Object given) {
        T value = (T) given;
        var out = new ValueWriter();
        codec.writeBinary(value, out);
        byte[] binary = out.toBytes().toArray();
        byte[] text = Bytes.utf8(codec.print(value)).toArray();

        assertThat(comparable(codec.decodeBinary(binary, 0, binary.length))).isEqualTo(comparable(value));
        assertThat(comparable(codec.decodeText(text, 0, text.length))).isEqualTo(comparable(value));
    }

    /** Arrays of bytes have no equality, and a numeric has no negative scale. */
    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return Bytes.wrap(bytes);
        } else if (value instanceof BigDecimal number) {
            return number.scale() < 0 ? number.setScale(0) : number;
        } else if (value instanceof PgArray<?> array) {
            return array.map(CodecRoundTripTest::comparable);
        } else if (value instanceof PgRange<?> range) {
            return range.map(CodecRoundTripTest::comparable);
        } else if (value instanceof PgMultirange<?> multirange) {
            return multirange.ranges().stream()
                    .map(CodecRoundTripTest::comparable)
                    .toList();
        } else if (value instanceof PgComposite composite) {
            return composite.values().stream()
                    .map(field -> field == null ? "NULL" : comparable(field))
                    .toList();
        }
        return value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : value;
    }
}
