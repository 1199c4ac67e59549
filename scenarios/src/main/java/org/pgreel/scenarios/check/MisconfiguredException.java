package org.pgreel.scenarios.check;

/** The client fails against a healthy server, so that nothing can be said of it. The message is a sentence. */
public final class MisconfiguredException extends Exception {
    private static final long serialVersionUID = 1L;

    public MisconfiguredException(String sentence) {
        super(sentence);
    }
}
