package org.pgreel.protocol.transcript;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;

/**
 * A field of a message in the notation: its name, how it is spelled, where it stands, and what it is when left out.
 *
 * @param <M> the message
 * @param <T> the Java type of the part
 */
final class Slot<M extends Message, T> {
    /** Where a field stands. */
    enum Placement {
        /** By its position; may be given by its name too. */
        POSITIONAL,
        /** By its name only. */
        NAMED,
        /** All fields that are left. */
        SPREAD
    }

    private final String name;
    private final Placement placement;
    private final @Nullable ValueType<T> single;
    private final @Nullable SpreadType<T> spread;
    private final @Nullable T byDefault;
    private final Function<M, T> get;
    private final @Nullable Function<M, Value> masked;

    private Slot(
            String name,
            Placement placement,
            @Nullable ValueType<T> single,
            @Nullable SpreadType<T> spread,
            @Nullable T byDefault,
            Function<M, T> get,
            @Nullable Function<M, Value> masked) {
        this.name = name;
        this.placement = placement;
        this.single = single;
        this.spread = spread;
        this.byDefault = byDefault;
        this.get = get;
        this.masked = masked;
    }

    /** A field that must be there. */
    static <M extends Message, T> Slot<M, T> required(String name, ValueType<T> type, Function<M, T> get) {
        return new Slot<>(name, Placement.POSITIONAL, type, null, null, get, null);
    }

    /** A field by its position that may be left out. */
    static <M extends Message, T> Slot<M, T> optional(String name, ValueType<T> type, T byDefault, Function<M, T> get) {
        return new Slot<>(name, Placement.POSITIONAL, type, null, byDefault, get, null);
    }

    /** A field by its name that may be left out. */
    static <M extends Message, T> Slot<M, T> named(String name, ValueType<T> type, T byDefault, Function<M, T> get) {
        return new Slot<>(name, Placement.NAMED, type, null, byDefault, get, null);
    }

    /** All fields that are left. */
    static <M extends Message, T> Slot<M, T> spread(String name, SpreadType<T> type, Function<M, T> get) {
        return new Slot<>(name, Placement.SPREAD, null, type, null, get, null);
    }

    /** The same field, which holds a secret and is spelled by the function when secrets are not shown. */
    Slot<M, T> secret(Function<M, Value> maskedValue) {
        return new Slot<>(name, placement, single, spread, byDefault, get, maskedValue);
    }

    String name() {
        return name;
    }

    Placement placement() {
        return placement;
    }

    boolean isRequired() {
        return byDefault == null;
    }

    boolean isDefault(M message) {
        return get.apply(message).equals(byDefault);
    }

    @Nullable
    T byDefault() {
        return byDefault;
    }

    Value write(M message, boolean showSecrets) {
        return masked == null || showSecrets
                ? Objects.requireNonNull(single).write(get.apply(message))
                : masked.apply(message);
    }

    List<Field> writeSpread(M message) {
        return Objects.requireNonNull(spread).write(get.apply(message));
    }

    @Nullable
    T read(Value value, Place place) {
        return Objects.requireNonNull(single).read(value, place);
    }

    T readSpread(List<Field> fields, Place place) {
        return Objects.requireNonNull(spread).read(fields, place);
    }

    /** Returns what {@link MessageForm} read for this field. */
    @SuppressWarnings("unchecked") // The form puts in only what this slot has read, or its default.
    T of(@Nullable Object read) {
        return (T) Objects.requireNonNull(read);
    }
}
