package org.pgreel.type;

/**
 * Bytes or text that are no value of their type, or a value that the Java class asked for cannot hold.
 *
 * <p>The only exception of a decoder. Its message is a reason such as {@code 4 bytes announced, 2 left}, and never holds
 * the value, so that it may be logged.
 */
public final class MalformedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param reason what is wrong, without the value
     */
    public MalformedValueException(String reason) {
        super(reason);
    }

    /** Returns what a codec's own failure becomes: its kind and where it came from, never its text. */
    static MalformedValueException of(RuntimeException failure) {
        if (failure instanceof MalformedValueException malformed) {
            return malformed;
        }
        var malformed = new MalformedValueException(
                "its codec failed with " + failure.getClass().getSimpleName());
        malformed.setStackTrace(failure.getStackTrace());
        return malformed;
    }

    /** Returns what was wrong, as a sentence's part. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
