package org.pgreel.client.copy;

/**
 * How CSV data is written; it must say what the COPY statement says.
 *
 * @param delimiter between two cells; one ASCII character, as the next two
 * @param quote around a cell
 * @param escape before a quote inside a cell
 * @param nullText what stands for NULL, unquoted
 * @param header whether the first line names the columns: it is passed over, or written
 */
public record CsvFormat(char delimiter, char quote, char escape, String nullText, boolean header) {

    /** What {@code WITH (FORMAT csv)} alone means: comma, quotation mark for quote and escape, nothing for NULL. */
    public static final CsvFormat STANDARD = new CsvFormat(',', '"', '"', "", false);

    private static final int ASCII_MAX = 127;

    /** Refuses what the server refuses. */
    public CsvFormat {
        if (delimiter > ASCII_MAX || quote > ASCII_MAX || escape > ASCII_MAX) {
            throw new IllegalArgumentException("delimiter, quote and escape must be ASCII");
        }
        if (delimiter == quote || delimiter == '\n' || delimiter == '\r' || quote == '\n' || quote == '\r') {
            throw new IllegalArgumentException("delimiter and quote must differ, and neither may end a line");
        }
    }

    /** Returns the same format with a header. */
    public CsvFormat withHeader() {
        return new CsvFormat(delimiter, quote, escape, nullText, true);
    }
}
