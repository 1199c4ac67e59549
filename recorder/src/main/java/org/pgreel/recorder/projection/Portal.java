package org.pgreel.recorder.projection;

/**
 * A portal that the server holds.
 *
 * @param statement the prepared statement that it was bound to
 * @param sql the text of that statement; empty if it was not recorded
 * @param message the number of the Bind that asked for it
 */
public record Portal(String statement, String sql, long message) {}
