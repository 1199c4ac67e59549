package org.pgreel.client.connect;

/**
 * A connection string, a service file or a variable of the environment cannot be used.
 *
 * <p>The message names the place and never shows more of the text than a word that resembles a keyword, because the rest
 * may be a password.
 */
public final class ConnectionStringException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * Creates the failure for a place in a connection string.
     *
     * @param position the place of the first character that is wrong; the string's first has number 1
     * @param sentence what is wrong
     */
    public ConnectionStringException(int position, String sentence) {
        super("connection string, position " + position + ": " + sentence);
        this.position = position;
    }

    /**
     * Creates the failure for another place, or for parameters that contradict each other.
     *
     * @param sentence what is wrong, the place included
     */
    public ConnectionStringException(String sentence) {
        super(sentence);
        this.position = 0;
    }

    /** Returns the place in the connection string, counted from 1; 0 if it is about no place in it. */
    public int position() {
        return position;
    }
}
