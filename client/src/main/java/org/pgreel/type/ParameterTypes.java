package org.pgreel.type;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the type of a parameter by its value. */
final class ParameterTypes {
    private static final int INFERRED = 0;

    private ParameterTypes() {}

    /** Text is of the type that the server infers, and Object says nothing. */
    static boolean neverBound(Class<?> type) {
        return type == String.class
                || type == Character.class
                || type == Object.class
                || type.isArray() && type != byte[].class
                || type == PgArray.class
                || type == PgRange.class
                || type == PgMultirange.class
                || type == PgComposite.class;
    }

    static EncodedValue encode(TypeRegistry registry, Object given) {
        // An array is looked through once.
        Object value = isArray(given) ? ArrayValues.of(given) : given;
        int typeOid = typeOf(registry, value);
        if (typeOid != INFERRED) {
            return encode(registry, value, typeOid);
        } else if (isArray(value)) {
            return EncodedValue.text(
                    INFERRED, ArrayText.print(ArrayValues.of(value).map(Object::toString), ','));
        } else if (value instanceof PgRange<?> range) {
            return EncodedValue.text(INFERRED, RangeText.print(range.map(Object::toString)));
        } else if (value instanceof PgMultirange<?>) {
            return EncodedValue.text(INFERRED, "{}");
        } else if (value instanceof Enum<?> constant) {
            return EncodedValue.text(INFERRED, constant.name());
        }
        return EncodedValue.text(INFERRED, TextCodec.PLAIN.print(value.toString()));
    }

    static EncodedValue encode(TypeRegistry registry, Object value, int typeOid) {
        try {
            PgType type = base(registry, typeOid);
            if (type != null && type.kind() == PgType.Kind.ARRAY && isArray(value)) {
                return array(registry, ArrayValues.of(value), type, typeOid);
            }
            return EncodedValue.of(typeOid, codec(registry, value, typeOid), value);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "the parts of a value of " + registry.nameOf(typeOid) + " are not of one class", e);
        }
    }

    /** Returns the type, that which it is a domain over if it is one; null if it is not known. */
    private static @Nullable PgType base(TypeRegistry registry, int typeOid) {
        PgType type = registry.type(typeOid).orElse(null);
        for (int depth = 0;
                type != null && type.kind() == PgType.Kind.DOMAIN && depth < ValueReader.DEPTH_MAX;
                depth++) {
            type = registry.type(type.elementOid()).orElse(null);
        }
        return type;
    }

    private static EncodedValue array(TypeRegistry registry, PgArray<Object> value, PgType type, int typeOid) {
        int elementOid = type.elementOid();
        Object first =
                value.elements().stream().filter(Objects::nonNull).findFirst().orElse(null);
        Codec<Object> element = first == null ? standard(registry, elementOid) : codec(registry, first, elementOid);
        char delimiter = registry.type(elementOid).map(PgType::delimiter).orElse(',');
        return EncodedValue.of(typeOid, new ArrayCodec<>(elementOid, element, delimiter), value);
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> standard(TypeRegistry registry, int oid) {
        return (Codec<Object>) registry.codec(oid);
    }

    /** A range's codec is that for the class of its bounds. */
    @SuppressWarnings("unchecked")
    private static Codec<Object> codec(TypeRegistry registry, Object value, int oid) {
        PgType.Kind kind = registry.type(oid).map(PgType::kind).orElse(PgType.Kind.BASE);
        if (value instanceof PgRange<?> range && kind == PgType.Kind.RANGE) {
            return (Codec<Object>) (Codec<?>) rangeCodec(registry, bound(range), registry.required(oid));
        } else if (value instanceof PgMultirange<?> ranges && kind == PgType.Kind.MULTIRANGE) {
            PgType range = registry.required(registry.required(oid).elementOid());
            return (Codec<Object>) (Codec<?>) new MultirangeCodec<>(rangeCodec(registry, bound(ranges), range));
        }
        Class<?> javaType = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Codec<?> subclass = null;
        for (Codec<?> each : registry.codecs(oid)) {
            if (each.javaType() == javaType) {
                return (Codec<Object>) each;
            } else if (each.javaType() != Object.class && each.javaType().isInstance(value)) {
                subclass = each;
            }
        }
        return (Codec<Object>) (subclass == null ? registry.codec(oid, javaType) : subclass);
    }

    private static RangeCodec<Object> rangeCodec(TypeRegistry registry, @Nullable Object bound, PgType range) {
        return new RangeCodec<>(
                bound == null ? standard(registry, range.elementOid()) : codec(registry, bound, range.elementOid()));
    }

    private static int typeOf(TypeRegistry registry, Object value) {
        if (isArray(value)) {
            return made(registry, first(value), registry::arrayOf);
        } else if (value instanceof PgRange<?> range) {
            return made(registry, bound(range), registry::rangeOf);
        } else if (value instanceof PgMultirange<?> multirange) {
            int range = made(registry, bound(multirange), registry::rangeOf);
            return range == INFERRED ? INFERRED : known(registry.rangeOf(range), value);
        } else if (value instanceof PgComposite composite) {
            return composite.typeOid();
        }
        return scalar(registry.parameterTypes(), value);
    }

    private static int made(
            TypeRegistry registry, @Nullable Object part, java.util.function.IntFunction<@Nullable Integer> maker) {
        int partOid = part == null ? INFERRED : typeOf(registry, part);
        return partOid == INFERRED ? INFERRED : known(maker.apply(partOid), Objects.requireNonNull(part));
    }

    private static int known(@Nullable Integer oid, Object part) {
        if (oid == null) {
            throw new IllegalArgumentException(
                    "no array or range of " + part.getClass().getName() + " is registered");
        }
        return oid;
    }

    private static int scalar(Map<Class<?>, Integer> known, Object value) {
        Integer exact = known.get(value.getClass());
        if (exact != null) {
            return exact;
        } else if (value instanceof String || value instanceof Character) {
            return INFERRED;
        } else if (value instanceof Enum<?> constant) {
            return known.getOrDefault(constant.getDeclaringClass(), INFERRED);
        }
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(value))
                .map(Map.Entry::getValue)
                .min(Integer::compareUnsigned)
                .orElseThrow(() -> new IllegalArgumentException("no type is known for the class "
                        + value.getClass().getName() + ": register a codec by TypeRegistry.with, or name the type"));
    }

    /** Tells whether the value is an array of some kind; {@code byte[]} is one value. */
    static boolean isArray(Object value) {
        return value instanceof PgArray
                || value instanceof Collection
                || value.getClass().isArray() && !(value instanceof byte[]);
    }

    private static @Nullable Object first(Object array) {
        return ArrayValues.of(array).elements().stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object bound(PgRange<?> range) {
        return range.lower() != null ? range.lower() : range.upper();
    }

    private static @Nullable Object bound(PgMultirange<?> multirange) {
        return multirange.ranges().stream()
                .flatMap(range -> Stream.ofNullable(bound(range)))
                .findFirst()
                .orElse(null);
    }
}
