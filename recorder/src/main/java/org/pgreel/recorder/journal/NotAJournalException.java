package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** What was named is not a journal: it is missing, is something else, or is of a format that is not known. */
public final class NotAJournalException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong and what to do about it, as one sentence
     * @param cause what showed it; null if nothing was thrown
     */
    public NotAJournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
