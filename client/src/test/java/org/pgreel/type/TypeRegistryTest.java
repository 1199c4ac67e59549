package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.wire.Bytes;

class TypeRegistryTest {
    private static final TypeRegistry TYPES = TypeRegistry.builtIn();
    private static final int NUMERIC = 1700;
    private static final int MOOD = 70_000;

    enum Mood {
        SAD,
        VERY_HAPPY
    }

    record Euro(BigDecimal amount) {}

    private static Codec<Euro> euro() {
        return TYPES.codec(NUMERIC, BigDecimal.class).as(Euro.class, Euro::new, Euro::amount);
    }

    static List<Arguments> valuesWithTheirTypes() {
        return List.of(
                Arguments.of(true, 16),
                Arguments.of((short) 1, 21),
                Arguments.of(1, 23),
                Arguments.of(1L, 20),
                Arguments.of(1f, 700),
                Arguments.of(1d, 701),
                Arguments.of(BigDecimal.ONE, NUMERIC),
                Arguments.of(BigInteger.ONE, NUMERIC),
                Arguments.of(PgNumeric.NAN, NUMERIC),
                Arguments.of(new byte[1], 17),
                Arguments.of(Bytes.EMPTY, 17),
                Arguments.of(new UUID(1, 2), 2950),
                Arguments.of(LocalDate.EPOCH, 1082),
                Arguments.of(Instant.EPOCH, 1184),
                Arguments.of(OffsetDateTime.MAX, 1184),
                Arguments.of(Duration.ZERO, 1186),
                Arguments.of(PgInet.parse("::1"), 869),
                Arguments.of(PgInet.parse("::1").toInetAddress(), 869),
                Arguments.of(PgBits.parse("101"), 1562),
                Arguments.of(new PgMoney(1), 790),
                Arguments.of("text", 0),
                Arguments.of('c', 0),
                Arguments.of(Mood.SAD, 0),
                Arguments.of(List.of(1, 2), 1007),
                Arguments.of(new int[] {1}, 1007),
                Arguments.of(new String[][] {{"a"}}, 0),
                Arguments.of(new byte[][] {{1}}, 1001),
                Arguments.of(List.of(), 0),
                Arguments.of(Collections.singletonList(null), 0),
                Arguments.of(PgArray.of(1L), 1016),
                Arguments.of(PgRange.of(1, 2), 3904),
                Arguments.of(PgRange.of(null, Instant.EPOCH), 3910),
                Arguments.of(List.of(PgRange.of(1, 2)), 3905),
                Arguments.of(PgMultirange.of(PgRange.of(1L, 2L)), 4536),
                Arguments.of(PgRange.empty(), 0));
    }

    @ParameterizedTest
    @MethodSource("valuesWithTheirTypes")
    void theClassOfAParameterTellsItsType(Object value, int typeOid) {
        EncodedValue encoded = TYPES.encode(value);

        assertThat(encoded.typeOid()).isEqualTo(typeOid);
        assertThat(encoded.binary()).isEqualTo(typeOid != 0);
    }

    @Test
    void whatTheServerInfersIsText() {
        assertThat(TYPES.encode(List.of("a b", "NULL")).bytes().text()).isEqualTo("{\"a b\",\"NULL\"}");
        assertThat(TYPES.encode(Arrays.asList("a", null)).bytes().text()).isEqualTo("{a,NULL}");
        assertThat(TYPES.encode(Mood.SAD).bytes().text()).isEqualTo("SAD");
        assertThat(TYPES.encode(PgRange.empty()).bytes().text()).isEqualTo("empty");
    }

    @Test
    void aParameterOfNoKnownClassIsRefused() {
        assertThatThrownBy(() -> TYPES.encode(new Euro(BigDecimal.ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no type is known for the class " + Euro.class.getName());
        assertThatThrownBy(() -> TYPES.encode(List.of(1, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the parts of a value of _int4 are not of one class");
        assertThatThrownBy(() -> TYPES.encode(new int[][] {{1}, {1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of equal length");
        assertThatThrownBy(() -> TYPES.encode(1, 17)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TYPES.encode("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneCodecMoreIsForValuesListsAndParameters() {
        TypeRegistry types = TYPES.with(NUMERIC, euro());
        EncodedValue encoded = types.encode(List.of(new Euro(new BigDecimal("1.50"))));
        byte[] bytes = encoded.bytes().toArray();

        assertThat(encoded.typeOid()).isEqualTo(1231);
        assertThat(types.codec(1231, Euro[].class).decodeBinary(bytes, 0, bytes.length))
                .containsExactly(new Euro(new BigDecimal("1.50")));
        assertThatThrownBy(() -> TYPES.codec(NUMERIC, Euro.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatContradictsWhatIsThereIsRefused() {
        assertThatThrownBy(() -> TYPES.with(NUMERIC, euro()).with(NUMERIC, euro()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numeric has a codec for " + Euro.class.getName());
        assertThatThrownBy(() -> TYPES.with(PgType.base(NUMERIC, "other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the OID 1700 is that of numeric and cannot be that of public.other");
        assertThatThrownBy(() -> TYPES.with(MOOD, euro())).hasMessage("the type with the OID 70000 is not known");
        assertThatThrownBy(() -> PgType.array(MOOD, "_mood", MOOD)).hasMessageContaining("made of itself");
        assertThatThrownBy(() -> PgType.array(MOOD, "_mood", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTypeThatIsThereChangesNothing() {
        PgType mood = PgType.enumeration(MOOD, "mood", List.of("sad", "very-happy"));
        TypeRegistry types = TYPES.with(mood);

        assertThat(types.with(mood)).isSameAs(types);
        assertThat(types.codec(MOOD, Mood.class).parse("very-happy")).isEqualTo(Mood.VERY_HAPPY);
        assertThat(types.withParameterType(Mood.class, MOOD).encode(Mood.SAD).typeOid())
                .isEqualTo(MOOD);
    }

    @Test
    void typesThatAreMadeOfEachOtherAreRefusedAtAnEnd() {
        TypeRegistry types = TYPES.with(List.of(PgType.array(MOOD, "a", MOOD + 1), PgType.array(MOOD + 1, "b", MOOD)));

        assertThatThrownBy(() -> types.codec(MOOD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("types are made of each other more than 16 deep");
    }

    @Test
    void aCodecsOwnFailureNeverTellsTheValue() {
        TypeRegistry types =
                TYPES.with(PgType.base(MOOD, "mood"), Codec.ofText(Integer.class, Integer::parseInt, String::valueOf));
        byte[] secret = Bytes.utf8("secret").toArray();

        assertThatThrownBy(() -> TypeRegistry.decode(types.codec(MOOD), false, secret, 0, secret.length))
                .isInstanceOf(MalformedValueException.class)
                .hasMessage("its codec failed with NumberFormatException")
                .hasNoCause();
    }

    @Test
    void theCataloguesRowsAreChecked() {
        List<String> mood = List.of("70000", "shop", "mood", "e", "0", ",", "{}", "{}", "{sad,\"very happy\"}");

        assertThat(TypeCatalogue.fold(TYPES, List.of(mood))
                        .typeNamed("shop.mood")
                        .orElseThrow()
                        .labels())
                .containsExactly("sad", "very happy");
        for (String wrong : List.of("", "-1", "4294967296", "x", "0")) {
            List<String> row = List.of(wrong, "shop", "mood", "e", "0", ",", "{}", "{}", "{}");
            assertThatThrownBy(() -> TypeCatalogue.fold(TYPES, List.of(row)))
                    .isInstanceOf(MalformedValueException.class);
        }
        assertThatThrownBy(() -> TypeCatalogue.fold(TYPES, List.of(List.of("1"))))
                .isInstanceOf(MalformedValueException.class);
    }
}
