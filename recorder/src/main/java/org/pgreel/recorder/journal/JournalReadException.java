package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** The journal's files cannot be read: no permission, or an I/O error. */
public final class JournalReadException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong and what to do about it, as one sentence
     * @param cause what showed it; null if nothing was thrown
     */
    public JournalReadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
