package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;

class RowMapperTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int NUMERIC = 1700;
    private static final int TEXT_ARRAY = 1009;

    record Order(int orderId, @Nullable String note, BigDecimal total, List<String> tags) {}

    record Checked(String name) {
        Checked {
            Objects.requireNonNull(name);
        }
    }

    /** A class that is no record. */
    public static final class Plain {
        final String userName;
        final long id;

        public Plain(String userName, long id) {
            this.userName = userName;
            this.id = id;
        }
    }

    enum Colour {
        RED
    }

    record Painted(Colour colour) {}

    private record Column(
            String name, int typeOid, @Nullable String text) {}

    private static Row row(Column... columns) {
        return new Row(
                Values.ofText(Arrays.stream(columns).map(Column::text).toArray(String[]::new)),
                new RowDescription(Arrays.stream(columns)
                        .map(column -> FieldDescription.of(column.name(), column.typeOid(), -1))
                        .toList()));
    }

    @Test
    void columnsGoIntoTheComponentsOfTheirNames() {
        Row row = row(
                new Column("total", NUMERIC, "9.90"),
                new Column("note", TEXT, null),
                new Column("extra", TEXT, "passed over"),
                new Column("order_id", INT4, "7"),
                new Column("tags", TEXT_ARRAY, "{a,b}"));
        RowMapper<Order> orders = RowMapper.of(Order.class);

        assertThat(orders.map(row)).isEqualTo(new Order(7, null, new BigDecimal("9.90"), List.of("a", "b")));
        assertThat(orders.map(new QueryResult(row.description(), List.of(row, row), List.of(), "SELECT 2")))
                .hasSize(2);
    }

    @Test
    void aClassIsFilledByItsOnlyConstructor() {
        Plain plain =
                RowMapper.of(Plain.class).map(row(new Column("id", INT4, "1"), new Column("username", TEXT, "ann")));

        assertThat(plain.userName).isEqualTo("ann");
        assertThat(plain.id).isEqualTo(1);
        assertThatThrownBy(() -> RowMapper.of(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Runnable is no record");
    }

    @Test
    void labelsAreConstants() {
        assertThat(RowMapper.of(Painted.class).map(row(new Column("colour", TEXT, "RED"))))
                .isEqualTo(new Painted(Colour.RED));
        assertThat(RowMapper.of(Painted.class).map(row(new Column("colour", TEXT, "red"))))
                .isEqualTo(new Painted(Colour.RED));
        assertThatThrownBy(() -> RowMapper.of(Painted.class).map(row(new Column("colour", TEXT, "blue"))))
                .isInstanceOf(DataErrorException.class)
                .hasMessage("the column colour (text) cannot be read: a label that is no constant of Colour");
    }

    @Test
    void aComponentWithoutItsColumnIsNamed() {
        assertThatThrownBy(() -> RowMapper.of(Plain.class).map(row(new Column("id", INT4, "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the component userName of Plain has no column in the result's columns [id]");
        assertThatThrownBy(() -> RowMapper.of(Checked.class)
                        .map(row(new Column("name", TEXT, "a"), new Column("name", TEXT, "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the component name of Checked has several columns in the result's columns [name, name]");
    }

    @Test
    void aColumnThatCannotFillItsComponentIsNamed() {
        assertThatThrownBy(() -> RowMapper.of(Plain.class)
                        .map(row(new Column("id", TEXT_ARRAY, "{}"), new Column("user_name", TEXT, "ann"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "the column id cannot fill the component id of Plain: _text has no codec for long");
        assertThatThrownBy(() -> RowMapper.of(Plain.class)
                        .map(row(new Column("id", INT4, null), new Column("user_name", TEXT, "ann"))))
                .isInstanceOf(DataErrorException.class)
                .hasMessage(
                        "the column id (int4) cannot be read: it is NULL, which the primitive component id cannot hold");
        assertThatThrownBy(() -> RowMapper.of(Checked.class).map(row(new Column("name", TEXT, null))))
                .isInstanceOf(DataErrorException.class)
                .hasMessage("the column name (Checked) cannot be read: the constructor of Checked failed with"
                        + " NullPointerException");
    }
}
