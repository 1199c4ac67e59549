package org.pgreel.recorder.journal;

/** The JVM was started without the flags that Chronicle Queue needs; the message names them. */
public final class JournalFlagsMissingException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message the sentence that names the flags
     */
    public JournalFlagsMissingException(String message) {
        super(message, null);
    }
}
