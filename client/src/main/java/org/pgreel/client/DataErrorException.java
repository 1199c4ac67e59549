package org.pgreel.client;

/**
 * A value that came is none of its type, or the Java class asked for cannot hold it; the session goes on.
 *
 * <p>The message names the column, the type and what was wrong, and never the value. It is thrown where the value is read,
 * so what the statement did stands.
 */
public final class DataErrorException extends PgException {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final String typeName;
    private final String reason;

    /**
     * Creates the failure.
     *
     * @param column the column's name
     * @param typeName the name of its type
     * @param reason what is wrong, without the value
     * @param effect what the operation may have left behind
     */
    public DataErrorException(String column, String typeName, String reason, ServerEffect effect) {
        super("the column " + column + " (" + typeName + ") cannot be read: " + reason, null, effect);
        this.column = column;
        this.typeName = typeName;
        this.reason = reason;
    }

    /** Returns the column's name. */
    public String column() {
        return column;
    }

    /** Returns the name of the column's type, such as {@code numeric}. */
    public String typeName() {
        return typeName;
    }

    /** Returns what is wrong, such as {@code at byte 4: 8 bytes announced, 2 left}. */
    public String reason() {
        return reason;
    }

    @Override
    public String kind() {
        return "DataError";
    }
}
