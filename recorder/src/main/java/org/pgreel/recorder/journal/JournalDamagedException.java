package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** The journal, or the session asked for, is damaged, so that what was asked for cannot be read. */
public final class JournalDamagedException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong and what to do about it, as one sentence
     * @param cause what showed it; null if nothing was thrown
     */
    public JournalDamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
