package org.pgreel.replay.source;

/** A recording from which nothing can be played; the message is one sentence that says why and what to do. */
public final class UnplayableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message a sentence
     */
    public UnplayableException(String message) {
        super(message);
    }
}
