package org.pgreel.recorder.importing;

/** A file cannot be imported. The message is one sentence that says where and why. */
public final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param message the sentence
     */
    public ImportException(String message) {
        super(message);
    }
}
