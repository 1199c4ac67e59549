package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be created or appended to: a full disk, no permission, or an I/O error. */
public final class JournalWriteException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong and what to do about it, as one sentence
     * @param cause what showed it; null if nothing was thrown
     */
    public JournalWriteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
