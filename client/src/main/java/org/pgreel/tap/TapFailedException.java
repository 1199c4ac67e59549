package org.pgreel.tap;

/**
 * Thrown by a tap that can no longer record and whose policy is that the session must not go on unrecorded.
 *
 * <p>The session ends with this as its cause; the application never sees it thrown.
 */
public final class TapFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message what failed and what to do about it
     * @param cause what made it fail
     */
    public TapFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
