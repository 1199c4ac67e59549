package org.pgreel.recorder.redaction;

/** A session cannot be redacted as it was asked for. The message is one sentence that says where, why and what to do. */
public final class RedactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message the sentence; it holds no value of the session
     */
    public RedactionException(String message) {
        super(message);
    }
}
