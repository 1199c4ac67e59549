package org.pgreel.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a type's codec for a Java class: one that was registered, or one that follows from what the type is made of. */
final class CodecFinder {
    private static final int RECORD = 2249;

    private static final int SLOTS = 256;

    private record Key(int oid, Type javaType) {}

    /** What was found last for a type and class, so that a value that is read makes no object but itself. */
    private record Slot(int oid, Type javaType, Codec<?> codec) {}

    private final TypeRegistry registry;
    private final Map<Key, Codec<?>> found = new ConcurrentHashMap<>();

    /** Slots are immutable, so a thread that reads an old one only asks the map. */
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];

    CodecFinder(TypeRegistry registry) {
        this.registry = registry;
    }

    Codec<?> standard(int oid) {
        return find(oid, Object.class);
    }

    @SuppressWarnings("ReferenceEquality") // Classes are the same or not; what is equal otherwise is in the map.
    Codec<?> find(int oid, Type javaType) {
        int index = (oid * 31 + javaType.hashCode()) & SLOTS - 1;
        Slot slot = slots[index];
        if (slot != null && slot.oid() == oid && slot.javaType() == javaType) {
            return slot.codec();
        }
        Codec<?> codec = find(oid, javaType, 0);
        slots[index] = new Slot(oid, javaType, codec);
        return codec;
    }

    private Codec<?> find(int oid, Type javaType, int depth) {
        if (depth > ValueReader.DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "types are made of each other more than " + ValueReader.DEPTH_MAX + " deep");
        }
        var key = new Key(oid, javaType);
        Codec<?> known = found.get(key);
        if (known == null) {
            known = make(oid, javaType, depth);
            found.put(key, known);
        }
        return known;
    }

    private Codec<?> make(int oid, Type javaType, int depth) {
        Class<?> raw = boxed(raw(javaType));
        List<Codec<?>> registered = registry.codecs(oid);
        for (Codec<?> each : registered) {
            if (each.javaType() == raw) {
                return each;
            }
        }
        if (raw == Object.class && !registered.isEmpty()) {
            return registered.get(0);
        }
        PgType type = registry.type(oid).orElse(null);
        Codec<?> derived = type == null ? unknown(raw) : derived(type, raw, javaType, depth);
        if (derived != null) {
            return derived;
        }
        Codec<?> standard = find(oid, Object.class, depth);
        if (raw == String.class) {
            return new StringCodec<>(standard);
        } else if (raw.isEnum() && standard.javaType() == String.class) {
            return EnumCodec.of(raw, List.of());
        }
        for (Codec<?> each : registered) {
            if (raw.isAssignableFrom(each.javaType())) {
                return each;
            }
        }
        if (raw.isAssignableFrom(standard.javaType())) {
            return standard;
        }
        throw none(oid, javaType, standard);
    }

    /** A label of an enum is text in both formats. */
    private static @Nullable Codec<?> unknown(Class<?> raw) {
        if (raw.isEnum()) {
            return EnumCodec.of(raw, List.of());
        }
        return raw == Object.class ? UnknownCodec.INSTANCE : raw == String.class ? UnknownCodec.TEXT : null;
    }

    private @Nullable Codec<?> derived(PgType type, Class<?> raw, Type javaType, int depth) {
        return switch (type.kind()) {
            case BASE ->
                type.oid() == RECORD && (raw == Object.class || raw == PgComposite.class)
                        ? new RecordCodec(registry, RECORD)
                        : unknown(registry.codecs(type.oid()).isEmpty() ? raw : Void.class);
            case DOMAIN -> find(type.elementOid(), javaType, depth + 1);
            case ARRAY -> array(type, raw, javaType, depth + 1);
            case COMPOSITE -> composite(type, raw, depth + 1);
            case RANGE ->
                raw == Object.class || raw == PgRange.class ? range(type, argument(javaType), depth + 1) : null;
            case MULTIRANGE ->
                raw == Object.class || raw == PgMultirange.class
                        ? multirange(type, argument(javaType), depth + 1)
                        : null;
            case ENUM -> raw == Object.class ? TextCodec.PLAIN : raw.isEnum() ? EnumCodec.of(raw, type.labels()) : null;
        };
    }

    private @Nullable Codec<?> array(PgType type, Class<?> raw, Type javaType, int depth) {
        if (raw == Object.class || raw == PgArray.class) {
            return array(type, argument(javaType), depth);
        } else if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return list(array(type, argument(javaType), depth));
        } else if (raw.isArray() && raw != byte[].class) {
            return arrayOf(raw, array(type, ArrayValues.leaf(raw), depth));
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Codec<?> list(ArrayCodec<Object> array) {
        return array.as((Class) List.class, ArrayValues::toList, ArrayValues::of);
    }

    private static <A> Codec<A> arrayOf(Class<A> arrayType, ArrayCodec<Object> array) {
        return array.as(arrayType, value -> arrayType.cast(ArrayValues.toArray(value, arrayType)), ArrayValues::of);
    }

    private ArrayCodec<Object> array(PgType type, Type elementType, int depth) {
        int elementOid = type.elementOid();
        char delimiter = registry.type(elementOid).map(PgType::delimiter).orElse(',');
        return new ArrayCodec<>(elementOid, part(elementOid, elementType, depth), delimiter);
    }

    private RangeCodec<Object> range(PgType type, Type boundType, int depth) {
        return new RangeCodec<>(part(type.elementOid(), boundType, depth));
    }

    private Codec<?> multirange(PgType type, Type boundType, int depth) {
        PgType range = registry.type(type.elementOid()).orElse(null);
        return range == null || range.kind() != PgType.Kind.RANGE
                ? UnknownCodec.INSTANCE
                : new MultirangeCodec<>(range(range, boundType, depth + 1));
    }

    private @Nullable Codec<?> composite(PgType type, Class<?> raw, int depth) {
        if (raw == Object.class || raw == PgComposite.class) {
            List<Codec<Object>> fields = new ArrayList<>();
            type.fields().forEach(field -> fields.add(part(field.typeOid(), Object.class, depth)));
            return new CompositeCodec(type, List.copyOf(fields));
        }
        return raw.isRecord() ? mapped(type, raw, depth) : null;
    }

    /** A composite as a record, whose components are its fields by name. */
    private <T> Codec<T> mapped(PgType type, Class<T> recordType, int depth) {
        var shape = RecordShape.of(recordType);
        int[] places =
                shape.places(type.fields().stream().map(PgType.Field::name).toList(), type.displayName());
        @Nullable Type[] javaTypes = new @Nullable Type[type.fields().size()];
        for (int i = 0; i < places.length; i++) {
            javaTypes[places[i]] = shape.components().get(i).type();
        }
        List<Codec<Object>> fields = new ArrayList<>();
        for (int i = 0; i < javaTypes.length; i++) {
            Type javaType = javaTypes[i];
            fields.add(part(type.fields().get(i).typeOid(), javaType == null ? Object.class : javaType, depth));
        }
        return new CompositeCodec(type, List.copyOf(fields))
                .as(
                        recordType,
                        composite -> shape.create(places, composite.values()),
                        value -> PgComposite.of(type, shape.values(value, places, javaTypes.length)));
    }

    @SuppressWarnings("unchecked")
    private Codec<Object> part(int oid, Type javaType, int depth) {
        return (Codec<Object>) find(oid, javaType, depth);
    }

    private IllegalArgumentException none(int oid, Type javaType, Codec<?> standard) {
        String classes = registry.codecs(oid).stream()
                .map(codec -> codec.javaType().getSimpleName())
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException(registry.nameOf(oid) + " has no codec for " + javaType.getTypeName()
                + ", but for " + (classes.isEmpty() ? standard.javaType().getSimpleName() : classes)
                + ": register one by TypeRegistry.with");
    }

    /** Returns the parameter of List, PgArray and their kin; Object if it is not told. */
    private static Type argument(Type javaType) {
        return javaType instanceof ParameterizedType generic
                ? bounded(generic.getActualTypeArguments()[0])
                : Object.class;
    }

    private static Type bounded(Type argument) {
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    private static Class<?> raw(Type javaType) {
        if (javaType instanceof Class<?> plain) {
            return plain;
        } else if (javaType instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        throw new IllegalArgumentException(javaType.getTypeName() + " is no class that a codec can make");
    }

    private static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
