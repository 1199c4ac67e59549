package org.pgreel.replay.play;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to a scripted server has come to.
 *
 * @param number in order of arrival, cancels apart; 0 for one that has none
 * @param client the client's address
 * @param outcome how it came out so far
 * @param detail more about it; "" when there is nothing to say
 * @param mismatch where it departed from the script; null when it did not
 * @param transcript what was said, in the notation, secrets left out
 */
public record PlayedConnection(
        int number,
        String client,
        PlayOutcome outcome,
        String detail,
        @Nullable Mismatch mismatch,
        List<String> transcript) {
    /** Copies the list. */
    public PlayedConnection {
        transcript = List.copyOf(transcript);
    }

    /** Returns how it came out, in one sentence. */
    public String sentence() {
        if (mismatch != null) {
            return mismatch.sentence();
        }
        return "connection " + number + " " + outcome.words() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
