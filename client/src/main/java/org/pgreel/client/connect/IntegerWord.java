package org.pgreel.client.connect;

/** A whole number as libpq reads it: in decimal, with spaces around it. */
public final class IntegerWord {

    private IntegerWord() {}

    /**
     * Reads a number.
     *
     * @param keyword whose value it is, for the message
     * @param word the value
     * @throws ConnectionStringException if it is no whole number of 32 bits
     */
    public static int parse(String keyword, String word) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException e) {
            throw new ConnectionStringException("the value of " + keyword + " is no whole number");
        }
    }
}
