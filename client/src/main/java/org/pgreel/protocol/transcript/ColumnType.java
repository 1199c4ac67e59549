package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FieldDescription;

/**
 * Columns: {@code n:int4/table=16384/number=1}. What is left out is 0; the length is that of the type, the modifier −1 and
 * the format text.
 */
final class ColumnType implements SpreadType<List<FieldDescription>> {
    private static final List<String> ATTRIBUTES =
            List.of("table", "number", "length", "modifier", "text", "binary", "format");
    private static final int NO_MODIFIER = -1;

    @Override
    public List<Field> write(List<FieldDescription> columns) {
        List<Field> fields = new ArrayList<>(columns.size());
        for (FieldDescription column : columns) {
            List<Field.Attribute> attributes = new ArrayList<>();
            number("table", Integer.toUnsignedLong(column.tableOid()), 0, attributes);
            number("number", column.columnNumber(), 0, attributes);
            number("length", column.typeLength(), TypeNames.lengthOf(column.typeOid()), attributes);
            number("modifier", column.typeModifier(), NO_MODIFIER, attributes);
            if (column.format() == 1) {
                attributes.add(new Field.Attribute("binary", null));
            } else {
                number("format", column.format(), 0, attributes);
            }
            fields.add(new Field.Column(column.name(), TypeNames.nameOf(column.typeOid()), attributes, 0));
        }
        return fields;
    }

    private static void number(String name, long value, long byDefault, List<Field.Attribute> attributes) {
        if (value != byDefault) {
            attributes.add(new Field.Attribute(name, Value.word(Long.toString(value))));
        }
    }

    @Override
    public List<FieldDescription> read(List<Field> fields, Place place) {
        List<FieldDescription> columns = new ArrayList<>(fields.size());
        for (Field field : fields) {
            if (!(field instanceof Field.Column column)) {
                throw place.of(field).failure("expected a column, such as n:int4");
            }
            columns.add(read(column, place.of(field)));
        }
        return columns;
    }

    private static FieldDescription read(Field.Column column, Place place) {
        for (Field.Attribute attribute : column.attributes()) {
            if (!ATTRIBUTES.contains(attribute.name())) {
                throw place.unknownWord(attribute.name(), "attribute of a column", ATTRIBUTES);
            }
        }
        int type = TypeNames.oidOf(column.type(), place);
        int format = attribute(column, "binary") == null ? number(column, "format", 0, 0xFFFF, 0, place) : 1;
        return new FieldDescription(
                column.name(),
                number(column, "table", 0, 0xFFFF_FFFFL, 0, place),
                number(column, "number", Short.MIN_VALUE, Short.MAX_VALUE, 0, place),
                type,
                number(column, "length", Short.MIN_VALUE, Short.MAX_VALUE, TypeNames.lengthOf(type), place),
                number(column, "modifier", Integer.MIN_VALUE, Integer.MAX_VALUE, NO_MODIFIER, place),
                format);
    }

    private static int number(Field.Column column, String name, long least, long greatest, int byDefault, Place place) {
        Field.Attribute attribute = attribute(column, name);
        if (attribute == null) {
            return byDefault;
        }
        return place.number(attribute.value() == null ? "" : attribute.value().bare(), least, greatest);
    }

    private static Field.@Nullable Attribute attribute(Field.Column column, String name) {
        for (Field.Attribute attribute : column.attributes()) {
            if (attribute.name().equals(name)) {
                return attribute;
            }
        }
        return null;
    }
}
