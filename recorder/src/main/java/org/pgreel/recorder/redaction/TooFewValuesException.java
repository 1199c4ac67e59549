package org.pgreel.recorder.redaction;

/** A value has too few others of its kind and length for a pseudonym to hide it. Never leaves the package. */
final class TooFewValuesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooFewValuesException(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
