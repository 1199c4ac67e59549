package org.pgreel.client.copy;

/** The data of a COPY is not in the format that was agreed on, or a row exceeds the limit. Its message never shows values. */
public final class MalformedCopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param row which row, from 1
     * @param reason what is wrong with it
     */
    public MalformedCopyException(long row, String reason) {
        super("row " + row + " of the COPY data: " + reason);
    }
}
