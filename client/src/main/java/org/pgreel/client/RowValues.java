package org.pgreel.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.Values;
import org.pgreel.type.Codec;
import org.pgreel.type.MalformedValueException;
import org.pgreel.type.Scalars;
import org.pgreel.type.TypeRegistry;

/** Reads the values of a row by codecs; what goes wrong names the column. */
final class RowValues {
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final String NULL = "it is NULL, which the primitive type cannot hold";

    private RowValues() {}

    static <T> @Nullable T get(Row row, int index, Codec<T> codec) {
        Values values = row.values();
        int length = values.length(index);
        if (length < 0) {
            return null;
        }
        int from = values.offset(index);
        try {
            return TypeRegistry.decode(codec, isBinary(row, index), values.array(), from, from + length);
        } catch (MalformedValueException e) {
            throw failure(row, index, e);
        }
    }

    /** What cannot be read from a view is left to a row, which says why. */
    static <T> @Nullable T get(RowView row, int index, Class<T> javaType) {
        int length = row.length(index);
        if (length < 0) {
            return null;
        }
        FieldDescription column = row.description().columns().get(index);
        Codec<T> codec = row.types().codec(column.typeOid(), javaType);
        int from = row.offset(index);
        try {
            return TypeRegistry.decode(codec, column.format() != FormatCode.TEXT, row.array(), from, from + length);
        } catch (MalformedValueException e) {
            return row.toRow().get(index, javaType);
        }
    }

    static int getInt(RowView row, int index) {
        int from = row.offset(index);
        int length = row.length(index);
        FieldDescription column = row.description().columns().get(index);
        if (length >= 0 && isWhole(column)) {
            try {
                return Scalars.readInt(column.format() != FormatCode.TEXT, row.array(), from, from + length);
            } catch (MalformedValueException e) {
                return row.toRow().getInt(index);
            }
        }
        return row.toRow().getInt(index);
    }

    static long getLong(RowView row, int index) {
        int from = row.offset(index);
        int length = row.length(index);
        FieldDescription column = row.description().columns().get(index);
        if (length >= 0 && isWhole(column)) {
            try {
                return Scalars.readLong(column.format() != FormatCode.TEXT, row.array(), from, from + length);
            } catch (MalformedValueException e) {
                return row.toRow().getLong(index);
            }
        }
        return row.toRow().getLong(index);
    }

    @SuppressWarnings("unchecked")
    static <T> @Nullable List<@Nullable T> list(Row row, int index, Class<T> elementType) {
        Codec<?> codec = row.types().codec(row.column(index).typeOid(), (Type) new ListOf(elementType));
        return (List<@Nullable T>) get(row, index, codec);
    }

    static int getInt(Row row, int index) {
        if (!isWhole(row, index)) {
            return boxed(row, index, Integer.class);
        }
        Values values = present(row, index);
        int from = values.offset(index);
        try {
            return Scalars.readInt(isBinary(row, index), values.array(), from, from + values.length(index));
        } catch (MalformedValueException e) {
            throw failure(row, index, e);
        }
    }

    static long getLong(Row row, int index) {
        if (!isWhole(row, index)) {
            return boxed(row, index, Long.class);
        }
        Values values = present(row, index);
        int from = values.offset(index);
        try {
            return Scalars.readLong(isBinary(row, index), values.array(), from, from + values.length(index));
        } catch (MalformedValueException e) {
            throw failure(row, index, e);
        }
    }

    static double getDouble(Row row, int index) {
        int oid = row.column(index).typeOid();
        if (oid != FLOAT8 && oid != FLOAT4 || !isBinary(row, index)) {
            return boxed(row, index, Double.class);
        }
        Values values = present(row, index);
        int from = values.offset(index);
        try {
            return Scalars.readDouble(values.array(), from, from + values.length(index));
        } catch (MalformedValueException e) {
            throw failure(row, index, e);
        }
    }

    static boolean getBoolean(Row row, int index) {
        if (row.column(index).typeOid() != BOOL) {
            return boxed(row, index, Boolean.class);
        }
        Values values = present(row, index);
        int from = values.offset(index);
        try {
            return Scalars.readBoolean(isBinary(row, index), values.array(), from, from + values.length(index));
        } catch (MalformedValueException e) {
            throw failure(row, index, e);
        }
    }

    private static boolean isWhole(Row row, int index) {
        return isWhole(row.column(index));
    }

    private static boolean isWhole(FieldDescription column) {
        int oid = column.typeOid();
        return oid == INT4 || oid == INT8 || oid == INT2;
    }

    private static <T> T boxed(Row row, int index, Class<T> javaType) {
        present(row, index);
        return Objects.requireNonNull(row.get(index, javaType));
    }

    private static Values present(Row row, int index) {
        if (row.isNull(index)) {
            throw failure(row, index, new MalformedValueException(NULL));
        }
        return row.values();
    }

    private static boolean isBinary(Row row, int index) {
        return row.column(index).format() != FormatCode.TEXT;
    }

    /** What the statement did stands: the row came with its success. */
    static DataErrorException failure(Row row, int index, MalformedValueException cause) {
        FieldDescription column = row.column(index);
        var failure = new DataErrorException(
                column.name(), row.types().nameOf(column.typeOid()), cause.reason(), ServerEffect.MAY_HAVE_COMMITTED);
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }

    /** The type {@code List<E>}. */
    private record ListOf(Type element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }
}
