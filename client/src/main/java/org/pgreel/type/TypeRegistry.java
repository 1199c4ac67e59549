package org.pgreel.type;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that are known, and the codecs for them by Java class.
 *
 * <p>Each type has a standard codec, which answers when no class is asked for, and may have more for other classes. Those of
 * arrays, composites, ranges, multiranges, enums and domains follow from what they are made of; so do lists and Java arrays
 * for arrays, records for composites, and Java's enums for enums. {@code docs/types.md} lists the built-in ones.
 *
 * <p>Immutable, so safe for use by several threads: {@code with} returns another registry. What contradicts what is there
 * is refused.
 */
public final class TypeRegistry implements KnownTypes {
    private static final TypeRegistry BUILT_IN = BuiltIn.registry();

    private final Map<Integer, PgType> types;
    private final Map<Integer, List<Codec<?>>> codecs;
    private final Map<Class<?>, Integer> parameterTypes;
    private final Map<Integer, Integer> arrays;
    private final Map<Integer, Integer> ranges;
    private final CodecFinder finder = new CodecFinder(this);

    /** Takes the maps as they are. */
    TypeRegistry(
            Map<Integer, PgType> types, Map<Integer, List<Codec<?>>> codecs, Map<Class<?>, Integer> parameterTypes) {
        this.types = types;
        this.codecs = codecs;
        this.parameterTypes = parameterTypes;
        this.arrays = madeOf(types, PgType.Kind.ARRAY);
        this.ranges = madeOf(types, PgType.Kind.RANGE, PgType.Kind.MULTIRANGE);
    }

    /** Returns the type made of each, the one with the least OID if there are several, for that is the built-in one. */
    private static Map<Integer, Integer> madeOf(Map<Integer, PgType> types, PgType.Kind... kinds) {
        Map<Integer, Integer> made = new HashMap<>();
        for (PgType type : types.values()) {
            if (List.of(kinds).contains(type.kind())) {
                made.merge(type.elementOid(), type.oid(), (a, b) -> Integer.compareUnsigned(a, b) < 0 ? a : b);
            }
        }
        return made;
    }

    /** Returns the types that every PostgreSQL has, with their codecs. */
    public static TypeRegistry builtIn() {
        return BUILT_IN;
    }

    /** Returns this registry, which never changes. */
    @Override
    public TypeRegistry now() {
        return this;
    }

    /**
     * Returns a registry that knows the type too. That of an extension whose types are known by name ({@code hstore},
     * {@code ltree}, {@code citext}, {@code vector} …) has its codec at once.
     *
     * @throws IllegalArgumentException if another type has this OID
     */
    public TypeRegistry with(PgType type) {
        PgType known = types.get(type.oid());
        if (known != null && !known.equals(type)) {
            throw new IllegalArgumentException("the OID " + Integer.toUnsignedString(type.oid()) + " is that of "
                    + known.displayName() + " and cannot be that of " + type.displayName());
        } else if (known != null) {
            return this;
        }
        Map<Integer, PgType> more = new LinkedHashMap<>(types);
        more.put(type.oid(), type);
        var registry = new TypeRegistry(more, codecs, parameterTypes);
        for (Codec<?> codec : ExtensionCodecs.of(type)) {
            registry = registry.with(type.oid(), codec);
        }
        return registry;
    }

    /**
     * Returns a registry that knows the types too.
     *
     * @throws IllegalArgumentException if another type has one of the OIDs
     */
    public TypeRegistry with(Iterable<PgType> types) {
        TypeRegistry registry = this;
        for (PgType type : types) {
            registry = registry.with(type);
        }
        return registry;
    }

    /**
     * Returns a registry that knows the type too, and its codec.
     *
     * @throws IllegalArgumentException if another type has the OID, or the type has a codec for that class
     */
    public TypeRegistry with(PgType type, Codec<?> codec) {
        return with(type).with(type.oid(), codec);
    }

    /**
     * Returns a registry with one more codec of a type that is known. It is the type's standard codec if it is its first,
     * and parameters of its class are of this type unless they are of another already.
     *
     * @param typeOid the type
     * @param codec its codec
     * @throws IllegalArgumentException if the type is not known, or has a codec for that class
     */
    public TypeRegistry with(int typeOid, Codec<?> codec) {
        PgType type = required(typeOid);
        List<Codec<?>> known = codecs.getOrDefault(typeOid, List.of());
        if (known.stream().anyMatch(each -> each.javaType() == codec.javaType())) {
            throw new IllegalArgumentException(
                    type.displayName() + " has a codec for " + codec.javaType().getName());
        }
        Map<Integer, List<Codec<?>>> more = new HashMap<>(codecs);
        List<Codec<?>> all = new ArrayList<>(known);
        all.add(codec);
        more.put(typeOid, Collections.unmodifiableList(all));
        Map<Class<?>, Integer> bound = parameterTypes;
        if (!ParameterTypes.neverBound(codec.javaType()) && !bound.containsKey(codec.javaType())) {
            bound = new HashMap<>(bound);
            bound.put(codec.javaType(), typeOid);
        }
        return new TypeRegistry(types, more, bound);
    }

    /**
     * Returns a registry in which parameters of a class are of the type given.
     *
     * @param javaType the class; not String, whose type the server infers
     * @param typeOid the type; it has a codec for the class
     * @throws IllegalArgumentException if the type has no codec for the class
     */
    public TypeRegistry withParameterType(Class<?> javaType, int typeOid) {
        if (ParameterTypes.neverBound(javaType)) {
            throw new IllegalArgumentException("the type of a " + javaType.getSimpleName() + " cannot be fixed");
        }
        codec(typeOid, javaType);
        Map<Class<?>, Integer> bound = new HashMap<>(parameterTypes);
        bound.put(javaType, typeOid);
        return new TypeRegistry(types, codecs, bound);
    }

    /** Returns what is known of a type; empty if it is not known. */
    public Optional<PgType> type(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    /**
     * Returns what is known of a type; empty if it is not known.
     *
     * @param name its name, with the schema and a dot before it if several bear it
     * @throws IllegalArgumentException if several bear it
     */
    public Optional<PgType> typeNamed(String name) {
        List<PgType> named = types.values().stream()
                .filter(type -> type.name().equals(name) || (type.schema() + "." + type.name()).equals(name))
                .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException("several types are named " + name + ": "
                    + named.stream().map(PgType::displayName).toList());
        }
        return named.stream().findFirst();
    }

    /**
     * Returns what is known of a type.
     *
     * @throws IllegalArgumentException if it is not known
     */
    PgType required(int oid) {
        PgType type = types.get(oid);
        if (type == null) {
            throw new IllegalArgumentException(
                    "the type with the OID " + Integer.toUnsignedString(oid) + " is not known");
        }
        return type;
    }

    /** Returns a type's name, for messages; that of an unknown type is its OID. */
    public String nameOf(int oid) {
        PgType type = types.get(oid);
        return type == null ? "the unknown type " + Integer.toUnsignedString(oid) : type.displayName();
    }

    /**
     * Returns the type's standard codec. That of an unknown type reads text as a String and binary as {@link
     * org.pgreel.protocol.wire.Bytes}.
     */
    public Codec<?> codec(int oid) {
        return finder.standard(oid);
    }

    /**
     * Returns the type's codec for a class.
     *
     * @throws IllegalArgumentException if it has none
     */
    @SuppressWarnings("unchecked")
    public <T> Codec<T> codec(int oid, Class<T> javaType) {
        return (Codec<T>) finder.find(oid, javaType);
    }

    /**
     * Returns the type's codec for a class and its parameters, such as {@code List<Integer>}.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Codec<?> codec(int oid, Type javaType) {
        return finder.find(oid, javaType);
    }

    /**
     * Decodes a value.
     *
     * @param codec the codec of its type
     * @param binary whether it is in binary format; otherwise in text
     * @param buffer holds the value
     * @param from where it begins
     * @param to where it ends (exclusive)
     * @throws MalformedValueException if it is no value of its type, whatever the codec makes of it
     */
    public static <T> T decode(Codec<T> codec, boolean binary, byte[] buffer, int from, int to) {
        try {
            return binary ? codec.decodeBinary(buffer, from, to) : codec.decodeText(buffer, from, to);
        } catch (RuntimeException e) {
            throw MalformedValueException.of(e);
        }
    }

    /**
     * Encodes a parameter's value; its class tells its type. The server infers the types of Strings, of enums that no type
     * is registered for, and of lists without an element.
     *
     * @throws IllegalArgumentException if no type is known for its class, or the type cannot hold it
     */
    public EncodedValue encode(Object value) {
        return ParameterTypes.encode(this, value);
    }

    /**
     * Encodes a parameter's value as one of the type given.
     *
     * @throws IllegalArgumentException if the type has no codec for its class, or cannot hold it
     */
    public EncodedValue encode(Object value, int typeOid) {
        return ParameterTypes.encode(this, value, typeOid);
    }

    Collection<PgType> types() {
        return types.values();
    }

    List<Codec<?>> codecs(int oid) {
        return codecs.getOrDefault(oid, List.of());
    }

    Map<Class<?>, Integer> parameterTypes() {
        return parameterTypes;
    }

    /** Returns the array type of the element; null if it is not known. */
    @Nullable
    Integer arrayOf(int elementOid) {
        return arrays.get(elementOid);
    }

    /** Returns the range type of the subtype, or the multirange type of the range; null if it is not known. */
    @Nullable
    Integer rangeOf(int subtypeOid) {
        return ranges.get(subtypeOid);
    }
}
