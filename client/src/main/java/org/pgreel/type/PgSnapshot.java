package org.pgreel.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of the type pg_snapshot or txid_snapshot: which transactions were done at a moment. Immutable.
 *
 * @param xmin all transactions below it were done
 * @param xmax all transactions from it on had not begun, or not ended
 * @param inProgress those between them that were under way, in ascending order
 */
public record PgSnapshot(long xmin, long xmax, List<Long> inProgress) {

    /** Keeps its own copy. */
    public PgSnapshot {
        inProgress = List.copyOf(inProgress);
    }

    static PgSnapshot read(ValueReader in) {
        int count = in.readInt32();
        long xmin = in.readInt64();
        long xmax = in.readInt64();
        in.requireRoomFor(count, Long.BYTES);
        List<Long> inProgress = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inProgress.add(in.readInt64());
        }
        return new PgSnapshot(xmin, xmax, inProgress);
    }

    void write(ValueWriter out) {
        out.writeInt32(inProgress.size()).writeInt64(xmin).writeInt64(xmax);
        inProgress.forEach(out::writeInt64);
    }

    static PgSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new MalformedValueException("not three parts with colons between them");
        }
        Codec<Long> number = Int8Codec.INSTANCE;
        List<Long> inProgress = parts[2].isEmpty()
                ? List.of()
                : Arrays.stream(parts[2].split(",", -1)).map(number::parse).toList();
        return new PgSnapshot(number.parse(parts[0]), number.parse(parts[1]), inProgress);
    }

    /** Returns the snapshot as PostgreSQL writes it, such as {@code 10:20:10,14,15}. */
    @Override
    public String toString() {
        return xmin + ":" + xmax + ":"
                + inProgress.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
