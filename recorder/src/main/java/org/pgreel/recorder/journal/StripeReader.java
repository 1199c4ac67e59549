package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** Reads the records of a stripe in order. Confined to one thread. */
public interface StripeReader extends AutoCloseable {

    /**
     * Returns the next entry.
     *
     * @return a record, or a place where records are missing or unreadable; null at the present end of the stripe
     */
    @Nullable
    StripeEntry next();

    @Override
    void close();
}
