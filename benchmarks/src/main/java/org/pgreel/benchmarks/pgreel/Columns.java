package org.pgreel.benchmarks.pgreel;

import java.time.Instant;
import java.util.Objects;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.client.RowView;

/** Reads the columns of the workloads' rows. */
final class Columns {
    private Columns() {}

    static long points(QueryResult result) {
        Row row = result.onlyRow();
        return Checksum.of(row.getInt(0), row.getLong(1), get(row, 2, String.class));
    }

    static long item(Row row) {
        return Checksum.of(
                row.getInt(0),
                row.getLong(1),
                get(row, 2, String.class),
                get(row, 3, Double.class),
                Items.micros(get(row, 4, Instant.class)));
    }

    static long item(RowView row) {
        return Checksum.of(
                row.getInt(0),
                row.getLong(1),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, Double.class)),
                Items.micros(Objects.requireNonNull(row.get(4, Instant.class))));
    }

    private static <T> T get(Row row, int index, Class<T> javaType) {
        return Objects.requireNonNull(row.get(index, javaType));
    }
}
