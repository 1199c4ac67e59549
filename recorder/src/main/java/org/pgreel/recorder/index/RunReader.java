package org.pgreel.recorder.index;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/** Reads the blocks of a stripe that hold records of one session, and steps over those between them. */
final class RunReader implements StripeReader {

    private final JournalStripe stripe;
    private final Blocks blocks;
    private final int[] runs;
    private int run;
    private StripeReader reader;

    RunReader(JournalStripe stripe, Blocks blocks, int[] runs, long position) {
        this.stripe = stripe;
        this.blocks = blocks;
        this.runs = runs;
        int block = blocks.find(position);
        while (run + 2 < runs.length && runs[run + 1] < block) {
            run += 2;
        }
        this.reader = stripe.read(position);
    }

    @Override
    public @Nullable StripeEntry next() {
        StripeEntry entry = reader.next();
        if (!(entry instanceof StripeRecord record)
                || run + 2 >= runs.length
                || record.position() < blocks.start(runs[run + 1] + 1)) {
            return entry;
        }
        // The run is over, and another one begins further on.
        run += 2;
        if (runs[run] == runs[run - 1] + 1) {
            return entry;
        }
        reader.close();
        reader = stripe.read(blocks.start(runs[run]));
        return reader.next();
    }

    @Override
    public void close() {
        reader.close();
    }
}
