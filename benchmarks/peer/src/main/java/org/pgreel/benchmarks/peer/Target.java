package org.pgreel.benchmarks.peer;

/**
 * The server that a workload is done at.
 *
 * @param host its numeric address
 * @param port its port
 * @param user as whom to log in
 * @param password the user's password
 * @param database the database
 * @param rows how many rows the large table has
 * @param keys how many different rows those are: ids go from 1 to this and then again from 1
 */
public record Target(String host, int port, String user, String password, String database, int rows, int keys) {

    /** Who may read without a password: for a client that cannot log in. */
    public static final String TRUSTED_USER = "trusted";

    private static final int WORDS = 7;

    /** Returns it as words with a space between them; {@link #parse} reads them. */
    public String words() {
        return String.join(" ", host, "" + port, user, password, database, "" + rows, "" + keys);
    }

    /**
     * Returns the target of such words.
     *
     * @param words an array that ends with them
     * @param from where they begin
     */
    public static Target parse(String[] words, int from) {
        if (words.length - from != WORDS) {
            throw new IllegalArgumentException("a target has " + WORDS + " words, not " + (words.length - from));
        }
        return new Target(
                words[from],
                Integer.parseInt(words[from + 1]),
                words[from + 2],
                words[from + 3],
                words[from + 4],
                Integer.parseInt(words[from + 5]),
                Integer.parseInt(words[from + 6]));
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
