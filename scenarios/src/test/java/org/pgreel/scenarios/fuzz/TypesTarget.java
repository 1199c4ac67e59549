package org.pgreel.scenarios.fuzz;

import java.util.List;
import java.util.stream.IntStream;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.Codec;
import org.pgreel.type.EncodedValue;
import org.pgreel.type.MalformedValueException;
import org.pgreel.type.PgType;
import org.pgreel.type.TypeRegistry;

/**
 * Values of all built-in types and some that databases make: two bytes pick the type and the format. What is decoded
 * encodes to what decodes as the same.
 */
final class TypesTarget implements FuzzTarget {
    private static final int HEAD = 2;
    private static final int OIDS_MAX = 7_000;
    static final TypeRegistry REGISTRY = TypeRegistry.builtIn()
            .with(List.of(
                    PgType.base(90_001, "hstore"),
                    PgType.base(90_002, "ltree"),
                    PgType.base(90_003, "vector"),
                    PgType.base(90_004, "halfvec"),
                    PgType.base(90_005, "sparsevec"),
                    PgType.composite(90_006, "pair", List.of(new PgType.Field("a", 23), new PgType.Field("b", 25))),
                    PgType.enumeration(90_007, "mood", List.of("sad", "ok")),
                    PgType.array(90_008, "_pair", 90_006),
                    PgType.range(90_009, "textrange", 25),
                    PgType.multirange(90_010, "textmultirange", 90_009),
                    PgType.domain(90_011, "positive", 23)));

    /** The OIDs, in order, so that an input keeps its meaning as long as no type is added. */
    static final List<Integer> OIDS = IntStream.concat(
                    IntStream.range(1, OIDS_MAX), IntStream.rangeClosed(90_001, 90_011))
            .filter(oid -> REGISTRY.type(oid).isPresent())
            .boxed()
            .toList();

    /** A numeric of four bytes may have 131,072 digits, of which BigDecimal makes much garbage. */
    @Override
    public long room() {
        return 128 << 20;
    }

    @Override
    public void take(byte[] input) {
        if (input.length < HEAD) {
            return;
        }
        int oid = OIDS.get((input[0] & 0xFF) % OIDS.size());
        boolean binary = (input[1] & 1) == 0;
        Codec<?> codec = REGISTRY.codec(oid);
        if (binary ? !codec.formats().hasBinary() : !codec.formats().hasText()) {
            return;
        }
        Object value;
        try {
            value = decoded(codec, binary, Bytes.wrap(input, HEAD, input.length));
        } catch (MalformedValueException refused) {
            return;
        }
        encodes(REGISTRY.nameOf(oid), oid, codec, value);
    }

    private static Object decoded(Codec<?> codec, boolean binary, Bytes bytes) {
        byte[] array = bytes.toArray();
        return binary ? codec.decodeBinary(array, 0, array.length) : codec.decodeText(array, 0, array.length);
    }

    private static void encodes(String type, int oid, Codec<?> codec, Object value) {
        EncodedValue encoded;
        try {
            encoded = REGISTRY.encode(value, oid);
        } catch (IllegalArgumentException refused) {
            return; // What a server may say and no client may: that it is refused so is documented.
        }
        Object again = decoded(codec, encoded.binary(), encoded.bytes());
        // The bytes are compared, since arrays of bytes are values too.
        FuzzTarget.same(
                "a value of " + type,
                encoded.bytes().hex(),
                REGISTRY.encode(again, oid).bytes().hex());
    }
}
