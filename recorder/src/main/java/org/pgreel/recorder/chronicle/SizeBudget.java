package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * How much of a journal's limit is left for the files that are being written. Safe for use by many threads.
 */
final class SizeBudget {

    /** What a new file takes at once, and a little more. */
    private static final long NEW_FILE_BYTES = 4L << 20;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private volatile LongConsumer makeRoom = bytes -> {};

    SizeBudget(long limit) {
        this.limit = limit;
    }

    /** The journal has reached its limit. */
    static final class Exhausted extends IOException {

        private static final long serialVersionUID = 1L;

        private final long wanted;

        Exhausted(long limit, long wanted) {
            super("its limit of " + ByteSize.of(limit) + " is reached");
            this.wanted = wanted;
        }

        /** Returns how many bytes were asked for. */
        long wanted() {
            return wanted;
        }
    }

    /** Says what to do when more is wanted than is left; it is told how much is wanted. */
    void makesRoomBy(LongConsumer way) {
        makeRoom = way;
    }

    /** Says how much the files take that are not being written. */
    void others(long bytes) {
        others.set(bytes);
    }

    /** Says that a file is not written any more, and how much it takes. */
    void over(long bytes) {
        others.addAndGet(bytes);
    }

    /** Returns how many bytes are left for the files that there are; negative if there are too many. */
    long left() {
        return limit == Long.MAX_VALUE ? Long.MAX_VALUE : limit - NEW_FILE_BYTES - others.get() - taken.get();
    }

    /** Takes bytes for a file that is being written. */
    void take(long bytes) throws IOException {
        take(bytes, 0);
    }

    /** Takes the first bytes of a new file, for which a little is kept back: it may be what lets an old one go. */
    void takeFirst(long bytes) throws IOException {
        take(bytes, NEW_FILE_BYTES);
    }

    private void take(long bytes, long beyond) throws IOException {
        if (limit != Long.MAX_VALUE && left() + beyond < bytes) {
            throw new Exhausted(limit, bytes);
        }
        taken.addAndGet(bytes);
    }

    /** Retires what is over, as far as that is needed for so many bytes; takes its time. */
    void makeRoom(long bytes) {
        makeRoom.accept(bytes);
    }

    /** Gives back what a file took that is not written any more. */
    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
