package org.pgreel.benchmarks.pgreel;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.protocol.wire.Bytes;

/** Reads the columns of the workloads' rows from their binary form. */
final class Columns {
    private Columns() {}

    static long points(QueryResult result) {
        long sum = 0;
        for (Row row : result) {
            sum += Checksum.of(int4(row, 0), int8(row, 1), text(row, 2));
        }
        return sum;
    }

    static long item(Row row) {
        return Checksum.of(
                int4(row, 0), int8(row, 1), text(row, 2), Double.longBitsToDouble(int8(row, 3)), int8(row, 4));
    }

    private static int int4(Row row, int index) {
        return (int) number(row, index, Integer.BYTES);
    }

    private static long int8(Row row, int index) {
        return number(row, index, Long.BYTES);
    }

    private static long number(Row row, int index, int length) {
        Bytes value = Objects.requireNonNull(row.bytes(index));
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | value.byteAt(i) & 0xFF;
        }
        return number;
    }

    private static String text(Row row, int index) {
        return new String(Objects.requireNonNull(row.bytes(index)).toArray(), StandardCharsets.UTF_8);
    }
}
