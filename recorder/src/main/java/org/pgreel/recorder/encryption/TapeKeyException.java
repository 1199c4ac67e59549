package org.pgreel.recorder.encryption;

/** There is no key, or it is none. The message is one sentence with the remedy; it holds nothing of the key. */
public final class TapeKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TapeKeyException(String message) {
        super(message);
    }
}
