package org.pgreel.session;

import org.pgreel.protocol.message.ErrorResponse;

/**
 * The server's error that failed an operation, and what it proves.
 *
 * @param behindCompletion whether it came behind the last CommandComplete
 */
record OperationError(ErrorResponse response, boolean behindCompletion) {

    /**
     * Tells whether it proves that the server rolled the operation back, which controls no transactions.
     *
     * <p>PANIC proves nothing: the commit may be in the server's log. Nor does FATAL of class 08 (connection exceptions),
     * by which a pooler tells that it has lost the server. Otherwise it depends on where the error stands: before the last
     * CommandComplete nothing was committed. Behind it a simple query was, while a parameterized one is committed at Sync:
     * by ERROR the server says that this failed, by FATAL only that it ends the session.
     *
     * @param commitsBehindCompletion as {@link Operation#commitsBehindCompletion}
     */
    boolean provesUndone(boolean commitsBehindCompletion) {
        return switch (response.severity()) {
            case "PANIC" -> false;
            case "FATAL" -> !behindCompletion && !response.sqlState().startsWith("08");
            default -> !behindCompletion || commitsBehindCompletion;
        };
    }
}
