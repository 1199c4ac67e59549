package org.pgreel.type;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record, or a class with one public constructor, whose components are filled by name. Immutable.
 *
 * <p>The column {@code user_id} fits the component {@code userId}: underscores and case do not count, because SQL folds
 * the case of a name without quotes.
 *
 * @param <T> the class
 */
public final class RecordShape<T> {
    /**
     * A component.
     *
     * @param name its name
     * @param type its type, with its parameters
     */
    public record Component(String name, Type type) {
        boolean isPrimitive() {
            return type instanceof Class<?> plain && plain.isPrimitive();
        }
    }

    private final Class<T> javaType;
    private final Constructor<T> constructor;
    private final List<Component> components;
    private final List<Method> accessors;

    private RecordShape(
            Class<T> javaType, Constructor<T> constructor, List<Component> components, List<Method> accessors) {
        this.javaType = javaType;
        this.constructor = constructor;
        this.components = components;
        this.accessors = accessors;
        constructor.trySetAccessible();
        accessors.forEach(Method::trySetAccessible);
    }

    /**
     * Returns the shape of a class.
     *
     * @throws IllegalArgumentException if it is no record and has not exactly one public constructor whose parameters have
     *     names (javac keeps them with {@code -parameters})
     */
    public static <T> RecordShape<T> of(Class<T> javaType) {
        if (!javaType.isRecord()) {
            return ofClass(javaType);
        }
        RecordComponent[] parts = javaType.getRecordComponents();
        List<Component> components = Arrays.stream(parts)
                .map(part -> new Component(part.getName(), part.getGenericType()))
                .toList();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            List<Method> accessors =
                    Arrays.stream(parts).map(RecordComponent::getAccessor).toList();
            return new RecordShape<>(javaType, javaType.getDeclaredConstructor(types), components, accessors);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record without its canonical constructor: please report this", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> RecordShape<T> ofClass(Class<T> javaType) {
        Constructor<?>[] constructors = javaType.getConstructors();
        if (constructors.length != 1
                || !Arrays.stream(constructors[0].getParameters()).allMatch(Parameter::isNamePresent)) {
            throw new IllegalArgumentException(
                    javaType.getName()
                            + " is no record, and has not one public constructor with names of its parameters (javac -parameters)");
        }
        Parameter[] parameters = constructors[0].getParameters();
        List<Component> components = Arrays.stream(parameters)
                .map(each -> new Component(each.getName(), each.getParameterizedType()))
                .toList();
        return new RecordShape<>(javaType, (Constructor<T>) constructors[0], components, List.of());
    }

    /** Returns the class. */
    public Class<T> javaType() {
        return javaType;
    }

    /** Tells whether the component at the index is of a primitive type, which NULL cannot go into. */
    public boolean isPrimitive(int index) {
        return components.get(index).isPrimitive();
    }

    /** Returns the components in the constructor's order. */
    public List<Component> components() {
        return components;
    }

    /**
     * Returns for each component the index of the column that fits it.
     *
     * @param columns the columns' names
     * @param what what has the columns, for messages
     * @throws IllegalArgumentException if a component has none, or several
     */
    public int[] places(List<String> columns, String what) {
        List<String> folded = columns.stream().map(RecordShape::folded).toList();
        int[] places = new int[components.size()];
        for (int i = 0; i < places.length; i++) {
            String name = components.get(i).name();
            int exact = columns.indexOf(name);
            int first = exact >= 0 ? exact : folded.indexOf(folded(name));
            int last = exact >= 0 ? columns.lastIndexOf(name) : folded.lastIndexOf(folded(name));
            if (first < 0 || first != last) {
                throw new IllegalArgumentException("the component " + name + " of " + javaType.getSimpleName()
                        + (first < 0 ? " has no column in " : " has several columns in ") + what + " " + columns);
            }
            places[i] = first;
        }
        return places;
    }

    private static String folded(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Creates an object.
     *
     * @param values the components' values in order; null for NULL
     * @throws MalformedValueException if NULL is to go into a primitive component, or the constructor refuses the values
     */
    public T create(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && components.get(i).isPrimitive()) {
                throw new MalformedValueException(
                        "NULL cannot go into the " + components.get(i).type().getTypeName() + " component "
                                + components.get(i).name());
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new MalformedValueException("the constructor of " + javaType.getSimpleName() + " failed with "
                    + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(javaType.getName() + " cannot be created", e);
        }
    }

    T create(int[] places, List<@Nullable Object> columns) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = columns.get(places[i]);
        }
        return create(values);
    }

    /** Returns the components of a record at their places among that many columns. */
    @Nullable
    Object[] values(T object, int[] places, int count) {
        @Nullable Object[] values = new @Nullable Object[count];
        try {
            for (int i = 0; i < places.length; i++) {
                values[places[i]] = accessors.get(i).invoke(object);
            }
            return values;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(javaType.getName() + " cannot be read", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordShape<?> that && javaType == that.javaType;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(javaType);
    }
}
