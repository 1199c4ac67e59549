package org.pgreel.benchmarks.peer;

import java.util.zip.CRC32C;

/**
 * What a peer has read, as one number: the sum of the rows' checksums, each over every column in its Java type. Who skips a
 * row, a column or its decoding gets another sum.
 */
public final class Checksum {
    private Checksum() {}

    /** Returns the checksum of a row of {@link Items#POINT}. */
    public static long of(int id, long amount, String name) {
        long sum = (id * 31L + amount) * 31 + name.hashCode();
        return sum ^ sum >>> 29;
    }

    /**
     * Returns the checksum of a row of {@link Items#SCAN}.
     *
     * @param moment in microseconds since {@link Items#EPOCH}
     */
    public static long of(int id, long amount, String name, double ratio, long moment) {
        long sum = ((id * 31L + amount) * 31 + name.hashCode()) * 31 + Double.doubleToRawLongBits(ratio);
        sum = sum * 31 + moment;
        return sum ^ sum >>> 29;
    }

    /**
     * Returns what a round must give.
     *
     * @param workload the workload
     * @param target where it is done
     * @param repeats how often it is done
     * @param seed what its keys are drawn from
     */
    public static long expected(Workload workload, Target target, int repeats, long seed) {
        return switch (workload) {
            case W1, W1_WAITING, W2 -> points(new Round(repeats, seed, target.keys()));
            case W3, W3_STREAMED -> scan(target) * repeats;
            case W5_OUT -> copied(target) * repeats;
            case W7 -> payloads(repeats);
            default -> (long) repeats * workload.operationsPerRepeat(target);
        };
    }

    private static long points(Round round) {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            int id = round.key();
            sum += of(id, Items.amount(id), Items.name(id));
        }
        return sum;
    }

    private static long scan(Target target) {
        long sum = 0;
        for (int row = 0; row < target.rows(); row++) {
            int id = row % target.keys() + 1;
            sum += of(id, Items.amount(id), Items.name(id), Items.ratio(id), Items.moment(id));
        }
        return sum;
    }

    private static long copied(Target target) {
        CRC32C text = new CRC32C();
        text.update(Items.copyText(target));
        return text.getValue();
    }

    private static long payloads(int repeats) {
        return (long) repeats * (repeats - 1) / 2;
    }
}
