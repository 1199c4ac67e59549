package org.pgreel.protocol.authentication;

/**
 * Thrown when the peer's part of a SCRAM exchange is not what it must be.
 *
 * <p>The message never repeats what the peer sent, nor anything derived from the password.
 */
public final class ScramException extends RuntimeException {

    /** What was wrong. */
    public enum Kind {
        /** A message is not of the form that RFC 5802 gives it. */
        MALFORMED,
        /** The nonce does not extend the peer's own, or is no longer than it. */
        NONCE,
        /** The salt is empty, too long or not base64. */
        SALT,
        /** The count of iterations is not a number, below 1, or above the limit. */
        ITERATIONS,
        /** The channel binding is missing, not the one of this connection, or not the one that was negotiated. */
        CHANNEL_BINDING,
        /** The client's proof is wrong: it does not know the password. */
        PROOF,
        /** The server's signature is wrong: it does not know the password. */
        SIGNATURE,
        /** The server ended the exchange with an error of its own. */
        SERVER_ERROR
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ScramException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns what was wrong. */
    public Kind kind() {
        return kind;
    }
}
