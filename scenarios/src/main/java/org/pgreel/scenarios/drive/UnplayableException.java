package org.pgreel.scenarios.drive;

import org.jspecify.annotations.Nullable;

/** Thrown where a scenario cannot be run at all, since its lines ask for something that nobody can do. */
public final class UnplayableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what cannot be done, a sentence
     * @param cause what found it out; null if nothing did
     */
    public UnplayableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
