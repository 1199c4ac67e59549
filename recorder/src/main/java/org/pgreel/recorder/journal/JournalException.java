package org.pgreel.recorder.journal;

import org.jspecify.annotations.Nullable;

/** A journal cannot be used as asked. The message is one sentence that says why and what to do about it. */
public abstract sealed class JournalException extends RuntimeException
        permits NotAJournalException,
                JournalDamagedException,
                JournalReadException,
                JournalWriteException,
                JournalFlagsMissingException {

    private static final long serialVersionUID = 1L;

    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
