package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.StartupMessage.Parameter;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/**
 * How a part of a message is spelled as any number of fields, and read: each the other's inverse, side by side.
 *
 * @param <T> the part's Java type
 */
interface SpreadType<T> {
    List<Field> write(T part);

    /** Reads the fields; the place is that of the first, or of what comes before. */
    T read(List<Field> fields, Place place);

    /** A list of parts, each spelled as one value. */
    static <E> SpreadType<List<E>> listOf(ValueType<E> element) {
        return new SpreadType<>() {
            @Override
            public List<Field> write(List<E> parts) {
                List<Field> fields = new ArrayList<>(parts.size());
                parts.forEach(part -> fields.add(Field.of(element.write(part))));
                return fields;
            }

            @Override
            public List<E> read(List<Field> fields, Place place) {
                List<E> parts = new ArrayList<>(fields.size());
                fields.forEach(field -> parts.add(element.read(plain(field, place), place.of(field))));
                return parts;
            }
        };
    }

    /** Strings. */
    SpreadType<List<String>> TEXTS = listOf(ValueType.TEXT);

    /** Types. */
    SpreadType<List<Integer>> TYPES = listOf(ValueType.TYPE);

    /** Format codes. */
    SpreadType<List<Integer>> FORMATS = listOf(ValueType.FORMAT);

    /** The columns of a result. */
    SpreadType<List<FieldDescription>> COLUMNS = new ColumnType();

    /** Values, {@code null} among them. */
    SpreadType<Values> VALUES = new SpreadType<>() {
        @Override
        public List<Field> write(Values values) {
            List<Field> fields = new ArrayList<>(values.count());
            for (int i = 0; i < values.count(); i++) {
                fields.add(Field.of(ValueType.NULLABLE_BYTES.write(Optional.ofNullable(values.value(i)))));
            }
            return fields;
        }

        @Override
        public Values read(List<Field> fields, Place place) {
            List<@Nullable Bytes> values = new ArrayList<>(fields.size());
            for (Field field : fields) {
                values.add(ValueType.NULLABLE_BYTES
                        .read(plain(field, place), place.of(field))
                        .orElse(null));
            }
            return Values.of(values);
        }
    };

    /** {@code name=value} of a StartupMessage. */
    SpreadType<List<Parameter>> PARAMETERS = new SpreadType<>() {
        @Override
        public List<Field> write(List<Parameter> parameters) {
            List<Field> fields = new ArrayList<>(parameters.size());
            parameters.forEach(p -> fields.add(Field.of(p.name(), Value.of(p.value()))));
            return fields;
        }

        @Override
        public List<Parameter> read(List<Field> fields, Place place) {
            List<Parameter> parameters = new ArrayList<>(fields.size());
            for (Field field : fields) {
                Field.Named named = named(field, place);
                parameters.add(new Parameter(named.name(), ValueType.TEXT.read(named.value(), place.of(field))));
            }
            return parameters;
        }
    };

    /** Severity, SQLSTATE, message and {@code letter=text}; letters alone when these are not the first. */
    SpreadType<ErrorFields> ERROR_FIELDS = new ErrorFieldsType();

    /** Returns the value of a field without a name. */
    static Value plain(Field field, Place place) {
        if (field instanceof Field.Plain plain) {
            return plain.value();
        }
        throw place.of(field).failure("expected a value");
    }

    /** Returns a field as one with a name. */
    static Field.Named named(Field field, Place place) {
        if (field instanceof Field.Named named) {
            return named;
        }
        throw place.of(field).failure("expected name=value");
    }
}
