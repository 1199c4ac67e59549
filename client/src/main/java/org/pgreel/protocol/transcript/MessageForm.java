package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.transcript.Slot.Placement;

/**
 * How one message is spelled: its name and its fields in their order. One description serves the writer and the parser, so
 * that they cannot drift apart.
 *
 * @param <M> the message
 */
final class MessageForm<M extends Message> {
    private final String name;
    private final List<Slot<M, ?>> slots;
    private final Function<@Nullable Object[], M> make;

    private MessageForm(String name, List<Slot<M, ?>> slots, Function<@Nullable Object[], M> make) {
        this.name = name;
        this.slots = slots;
        this.make = make;
    }

    static <M extends Message> MessageForm<M> of(String name, Supplier<M> make) {
        return new MessageForm<>(name, List.of(), read -> make.get());
    }

    static <M extends Message, A> MessageForm<M> of(String name, Slot<M, A> a, Function<A, M> make) {
        return new MessageForm<>(name, List.of(a), read -> make.apply(a.of(read[0])));
    }

    static <M extends Message, A, B> MessageForm<M> of(
            String name, Slot<M, A> a, Slot<M, B> b, BiFunction<A, B, M> make) {
        return new MessageForm<>(name, List.of(a, b), read -> make.apply(a.of(read[0]), b.of(read[1])));
    }

    static <M extends Message, A, B, C> MessageForm<M> of(
            String name, Slot<M, A> a, Slot<M, B> b, Slot<M, C> c, Three<A, B, C, M> make) {
        return new MessageForm<>(
                name, List.of(a, b, c), read -> make.apply(a.of(read[0]), b.of(read[1]), c.of(read[2])));
    }

    static <M extends Message, A, B, C, D> MessageForm<M> of(
            String name, Slot<M, A> a, Slot<M, B> b, Slot<M, C> c, Slot<M, D> d, Four<A, B, C, D, M> make) {
        return new MessageForm<>(
                name,
                List.of(a, b, c, d),
                read -> make.apply(a.of(read[0]), b.of(read[1]), c.of(read[2]), d.of(read[3])));
    }

    static <M extends Message, A, B, C, D, E> MessageForm<M> of(
            String name,
            Slot<M, A> a,
            Slot<M, B> b,
            Slot<M, C> c,
            Slot<M, D> d,
            Slot<M, E> e,
            Five<A, B, C, D, E, M> make) {
        return new MessageForm<>(
                name,
                List.of(a, b, c, d, e),
                read -> make.apply(a.of(read[0]), b.of(read[1]), c.of(read[2]), d.of(read[3]), e.of(read[4])));
    }

    /** Makes a message of three parts. */
    interface Three<A, B, C, M> {
        M apply(A a, B b, C c);
    }

    /** Makes a message of four parts. */
    interface Four<A, B, C, D, M> {
        M apply(A a, B b, C c, D d);
    }

    /** Makes a message of five parts. */
    interface Five<A, B, C, D, E, M> {
        M apply(A a, B b, C c, D d, E e);
    }

    String name() {
        return name;
    }

    /** Returns the fields that spell the message; those at the end that have their default are left out. */
    List<Field> write(M message, boolean showSecrets) {
        int positional = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).placement() == Placement.POSITIONAL
                    && !slots.get(i).isDefault(message)) {
                positional = i + 1;
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot<M, ?> slot = slots.get(i);
            if (slot.placement() == Placement.SPREAD) {
                fields.addAll(slot.writeSpread(message));
            } else if (slot.placement() == Placement.POSITIONAL && i < positional) {
                fields.add(Field.of(slot.write(message, showSecrets)));
            } else if (slot.placement() == Placement.NAMED && !slot.isDefault(message)) {
                fields.add(Field.of(slot.name(), slot.write(message, showSecrets)));
            }
        }
        return fields;
    }

    /** Makes the message that the fields spell; the place is that of its name. */
    M read(List<Field> fields, Place place) {
        @Nullable Object[] read = new @Nullable Object[slots.size()];
        boolean[] given = new boolean[slots.size()];
        List<Field> rest = new ArrayList<>();
        for (Field field : fields) {
            int slot = slotOf(field, given, place);
            if (slot < 0) {
                rest.add(field);
            } else {
                Value value = field instanceof Field.Named named ? named.value() : SpreadType.plain(field, place);
                read[slot] = slots.get(slot).read(value, place.of(field));
                given[slot] = true;
            }
        }
        for (int i = 0; i < read.length; i++) {
            if (!given[i]) {
                read[i] = leftOut(slots.get(i), rest, place);
            }
        }
        try {
            return make.apply(read);
        } catch (IllegalArgumentException e) {
            throw place.failure(name + " cannot be: " + e.getMessage());
        }
    }

    /** Returns all fields of the message by their names, those with their default too. */
    FieldsByName byName(M message) {
        var fields = new FieldsByName.Builder(name);
        for (Slot<M, ?> slot : slots) {
            if (slot.placement() == Placement.SPREAD) {
                fields.spread(slot.name(), slot.writeSpread(message));
            } else {
                fields.value(slot.name(), slot.write(message, true), slot.isDefault(message));
            }
        }
        return fields.build();
    }

    /** Returns the fields of a message that is expected by their names; the place is that of its name. */
    FieldsByName byName(List<Field> expected, Place place) {
        var fields = new FieldsByName.Builder(name);
        boolean[] given = new boolean[slots.size()];
        List<Field> rest = new ArrayList<>();
        for (Field field : expected) {
            if (field instanceof Field.Rest) {
                fields.open();
            } else if (field instanceof Field.Overriding override) {
                fields.override(override);
            } else {
                int at = slotOf(field, given, place);
                if (at < 0) {
                    rest.add(field);
                } else {
                    Value value = field instanceof Field.Named named ? named.value() : SpreadType.plain(field, place);
                    fields.value(slots.get(at).name(), value, false);
                    given[at] = true;
                }
            }
        }
        int last = slots.size() - 1;
        boolean spreads = last >= 0 && slots.get(last).placement() == Placement.SPREAD;
        return (spreads ? fields.spread(slots.get(last).name(), rest) : fields).build();
    }

    private @Nullable Object leftOut(Slot<M, ?> slot, List<Field> rest, Place place) {
        if (slot.placement() == Placement.SPREAD) {
            try {
                return slot.readSpread(rest, rest.isEmpty() ? place : place.of(rest.get(0)));
            } catch (IllegalArgumentException e) {
                throw place.failure(name + " cannot be: " + e.getMessage());
            }
        }
        if (slot.isRequired()) {
            throw place.failure(name + " needs its " + slot.name());
        }
        return slot.byDefault();
    }

    /** Returns the index of the slot that the field fills, −1 when it belongs to the spread one. */
    private int slotOf(Field field, boolean[] given, Place place) {
        if (field instanceof Field.Overriding || field instanceof Field.Rest) {
            throw place.of(field).failure("this belongs in a script; here a message is complete");
        }
        boolean spreads = !slots.isEmpty() && slots.get(slots.size() - 1).placement() == Placement.SPREAD;
        if (field instanceof Field.Named named) {
            for (int i = 0; i < given.length; i++) {
                if (slots.get(i).name().equals(named.name())
                        && slots.get(i).placement() != Placement.SPREAD
                        && !given[i]) {
                    return i;
                }
            }
            if (!spreads) {
                throw place.of(field).unknownWord(named.name(), "field of " + name + " that is free", names());
            }
            return -1;
        }
        for (int i = 0; i < given.length && field instanceof Field.Plain; i++) {
            if (slots.get(i).placement() == Placement.POSITIONAL && !given[i]) {
                return i;
            }
        }
        if (!spreads) {
            throw place.of(field).failure("too much: the fields of " + name + " are " + names());
        }
        return -1;
    }

    private List<String> names() {
        return slots.stream().map(Slot::name).collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(names().toArray());
    }
}
