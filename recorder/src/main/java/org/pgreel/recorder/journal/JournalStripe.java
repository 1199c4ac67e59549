package org.pgreel.recorder.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One list of records, appended to by one run, maybe with others at its side. Reading it never disturbs the one who appends. */
public interface JournalStripe {

    /** Returns the name by which messages speak of this stripe, such as its path. */
    String name();

    /** Returns the number of the first record that holds events, if nothing was retired from the stripe. */
    default long firstNumber() {
        return 0;
    }

    /** Returns about how many bytes a reader has to read; 0 if that is not known. */
    default long sizeBytes() {
        return 0;
    }

    /** Returns the file in which what was derived from this stripe may be kept; null if there is no place for it. */
    default @Nullable Path derived() {
        return null;
    }

    /** Returns the file in which the one who appends notes what a reader would have to derive; null if there is none. */
    default @Nullable Path notes() {
        return null;
    }

    /** Returns a reader that begins with the first record. */
    default StripeReader read() {
        return read(0);
    }

    /** Returns the stripes that it was written beside, itself among them; null if it was written alone. */
    default @Nullable StripeGroup group() {
        return null;
    }

    /**
     * Returns a reader that begins with a given record.
     *
     * @param position the position of a record that was read before, or 0 for the first
     */
    StripeReader read(long position);
}
