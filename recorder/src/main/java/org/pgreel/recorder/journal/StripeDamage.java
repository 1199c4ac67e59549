package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/**
 * A place in a stripe where records are missing, repeated or unreadable. Readers go on behind it where they can.
 *
 * @param record the number of the first record concerned; {@link Journal#NO_RECORD} if none is
 * @param what what is wrong, as the end of a sentence that begins with the stripe's name
 * @param remains what is left of a record whose own header is damaged, so that it may still be told whose it was; null
 *     if nothing is
 */
public record StripeDamage(
        long record, String what, @Nullable StripeRecord remains) implements StripeEntry {}
