package org.pgreel.recorder.recording;

/** A session cannot go onto a tape as it is. The message is one sentence that says why and what to do about it. */
public final class SessionNotPackedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message the sentence
     */
    public SessionNotPackedException(String message) {
        super(message);
    }
}
