package org.pgreel.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.type.Codec;
import org.pgreel.type.MalformedValueException;
import org.pgreel.type.RecordShape;
import org.pgreel.type.TypeRegistry;

/**
 * Makes a record, or an object of a class with one public constructor, of each row: by the names of the columns, each value
 * by the codec for its component. {@code List<Integer>} and its kin, records for composites and enums are known.
 *
 * <p>The column {@code user_id} fits the component {@code userId}: underscores and case do not count. Columns without a
 * component are passed over; a component without a column is an error. Safe for use by several threads.
 *
 * @param <T> the class
 */
public final class RowMapper<T> {

    /** What was found out of the rows of one result. */
    private record Plan(RowDescription description, TypeRegistry types, int[] places, List<Codec<?>> codecs) {}

    private final RecordShape<T> shape;

    /** Null for those that a row knows. */
    private final @Nullable TypeRegistry types;

    /** That of the latest result: its rows share the description. */
    private volatile @Nullable Plan latest;

    private RowMapper(RecordShape<T> shape, @Nullable TypeRegistry types) {
        this.shape = shape;
        this.types = types;
    }

    /**
     * Returns the mapper of a class.
     *
     * @param javaType a record, or a class with one public constructor, compiled with {@code -parameters}
     * @throws IllegalArgumentException if it is neither
     */
    public static <T> RowMapper<T> of(Class<T> javaType) {
        return new RowMapper<>(RecordShape.of(javaType), null);
    }

    /** Returns a mapper of the same class that takes the codecs of these types, whatever a row knows. */
    public RowMapper<T> with(TypeRegistry registry) {
        return new RowMapper<>(shape, registry);
    }

    /**
     * Returns an object made of the row.
     *
     * @param row the row
     * @throws IllegalArgumentException if a component has no column, or its column no codec for it
     * @throws DataErrorException if a value is none of its type, or does not fit the component, as NULL a primitive one
     */
    public T map(Row row) {
        Plan plan = plan(row);
        @Nullable Object[] values = new @Nullable Object[plan.places().length];
        for (int i = 0; i < values.length; i++) {
            int column = plan.places()[i];
            values[i] = RowValues.get(row, column, plan.codecs().get(i));
            if (values[i] == null && shape.isPrimitive(i)) {
                throw RowValues.failure(
                        row,
                        column,
                        new MalformedValueException("it is NULL, which the primitive component "
                                + shape.components().get(i).name() + " cannot hold"));
            }
        }
        try {
            return shape.create(values);
        } catch (MalformedValueException e) {
            throw new DataErrorException(
                    shape.components().stream().map(RecordShape.Component::name).collect(Collectors.joining(", ")),
                    shape.javaType().getSimpleName(),
                    e.reason(),
                    ServerEffect.MAY_HAVE_COMMITTED);
        }
    }

    /**
     * Returns an object of each row of a result, in order.
     *
     * @throws IllegalArgumentException if a component has no column, or its column no codec for it
     * @throws DataErrorException if a value is none of its type, or does not fit the component
     */
    public List<T> map(QueryResult result) {
        return result.rows().stream().map(this::map).toList();
    }

    /** The rows of a result share their description, and comparing columns would cost more than a new plan saves. */
    @SuppressWarnings("ReferenceEquality")
    private Plan plan(Row row) {
        Plan plan = latest;
        TypeRegistry known = types == null ? row.types() : types;
        if (plan == null || plan.description() != row.description() || plan.types() != known) {
            plan = newPlan(row.description(), known);
            latest = plan;
        }
        return plan;
    }

    private Plan newPlan(RowDescription description, TypeRegistry known) {
        List<FieldDescription> columns = description.columns();
        int[] places = shape.places(columns.stream().map(FieldDescription::name).toList(), "the result's columns");
        List<Codec<?>> codecs = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            FieldDescription column = columns.get(places[i]);
            RecordShape.Component component = shape.components().get(i);
            try {
                codecs.add(known.codec(column.typeOid(), component.type()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the column " + column.name() + " cannot fill the component " + component.name() + " of "
                                + shape.javaType().getSimpleName() + ": " + e.getMessage(),
                        e);
            }
        }
        return new Plan(description, known, places, List.copyOf(codecs));
    }
}
