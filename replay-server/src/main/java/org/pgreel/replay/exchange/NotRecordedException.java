package org.pgreel.replay.exchange;

/** What is asked for was never recorded; the message says what. Never leaves the package. */
final class NotRecordedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotRecordedException(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
