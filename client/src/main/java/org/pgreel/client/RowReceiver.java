package org.pgreel.client;

import org.pgreel.protocol.message.RowDescription;

/**
 * Takes the rows of an operation as they come; nothing of them is collected.
 *
 * <p>That a row came does not mean that the statement succeeded: the operation's future tells. If a method throws, nothing
 * more is delivered, what the server still sends is thrown away, the operation fails with {@link ReceiverFailedException},
 * and the session goes on. Called on the session's event loop, one call at a time; what takes long holds up the loop.
 */
@FunctionalInterface
public interface RowReceiver {

    /**
     * The operation's turn has come; called once, before all else, and not if it fails before that.
     *
     * @param inflow holds back what comes, or stops it
     */
    default void begins(Inflow inflow) {}

    /**
     * The columns of the rows that follow; once for each statement that gives rows.
     *
     * @param columns the columns
     */
    default void columns(RowDescription columns) {}

    /**
     * A row.
     *
     * @param row the row; the same object each time, so it is valid only during the call
     */
    void row(RowView row);

    /** A stream's window was given in full, and perhaps there are more rows: {@link RowStream#fetch} asks for them. */
    default void suspended() {}

    /**
     * The rows of a statement are complete; whether it succeeds is told by the operation's future.
     *
     * @param commandTag the server's tag, such as {@code SELECT 3}; empty for an empty statement
     */
    default void completed(String commandTag) {}
}
