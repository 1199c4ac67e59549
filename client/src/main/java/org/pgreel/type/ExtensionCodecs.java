package org.pgreel.type;

import java.util.List;

/** The codecs of types that extensions bring, whose OIDs differ from database to database: by name, in any schema. */
final class ExtensionCodecs {
    private ExtensionCodecs() {}

    static List<Codec<?>> of(PgType type) {
        if (type.kind() != PgType.Kind.BASE) {
            return List.of();
        }
        return switch (type.name()) {
            case "hstore" -> List.of(HstoreCodec.INSTANCE);
            case "vector" -> List.of(VectorCodecs.VECTOR, asArray(VectorCodecs.VECTOR));
            case "halfvec" -> List.of(VectorCodecs.HALFVEC, asArray(VectorCodecs.HALFVEC));
            case "sparsevec" -> List.of(VectorCodecs.SPARSEVEC);
            case "citext" -> List.of(TextCodec.PLAIN);
            case "ltree", "lquery", "ltxtquery" -> List.of(TextCodec.VERSION_1);
            default -> List.of();
        };
    }

    private static Codec<float[]> asArray(Codec<PgVector> vectors) {
        return vectors.as(float[].class, PgVector::toArray, PgVector::of);
    }
}
