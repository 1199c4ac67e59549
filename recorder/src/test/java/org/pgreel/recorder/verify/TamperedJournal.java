package org.pgreel.recorder.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/** A journal whose records someone laid hands on. */
final class TamperedJournal implements JournalSource {

    private final List<StripeRecord> records;

    private TamperedJournal(List<StripeRecord> records) {
        this.records = records;
    }

    static TamperedJournal copyOf(Journal journal) {
        List<StripeRecord> records = new ArrayList<>();
        try (StripeReader reader = journal.stripes().get(0).read()) {
            for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                records.add((StripeRecord) entry);
            }
        }
        return new TamperedJournal(records);
    }

    List<StripeRecord> records() {
        return records;
    }

    void change(int index, UnaryOperator<byte[]> change) {
        StripeRecord record = records.get(index);
        byte[] changed = change.apply(record.toArray());
        records.set(
                index,
                new StripeRecord(record.position(), record.number(), record.session(), changed, 0, changed.length));
    }

    @Override
    public List<JournalStripe> stripes() {
        return List.of(new JournalStripe() {
            @Override
            public String name() {
                return "tampered with";
            }

            @Override
            public StripeReader read(long position) {
                return new Reader();
            }
        });
    }

    /** Reads all records in the order in which they now stand. */
    private final class Reader implements StripeReader {

        private int next;

        @Override
        public @Nullable StripeEntry next() {
            return next < records.size() ? records.get(next++) : null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
