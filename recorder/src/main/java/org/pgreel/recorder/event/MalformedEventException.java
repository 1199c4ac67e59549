package org.pgreel.recorder.event;

/** Thrown when bytes are not an event of this schema. The message says what is wrong and never quotes the bytes. */
public final class MalformedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what is wrong, as one sentence
     */
    public MalformedEventException(String message) {
        super(message);
    }
}
