package org.pgreel.replay.exchange;

import java.util.Locale;
import org.pgreel.protocol.message.TransactionStatus;

/** The transaction status that a server would have, by the command tags and errors that it sent. */
public final class TransactionTracking {
    private TransactionStatus status = TransactionStatus.IDLE;
    private TransactionStatus last = TransactionStatus.IDLE;

    /** Returns the status now. */
    public TransactionStatus status() {
        return status;
    }

    /** A ReadyForQuery of the script says it. */
    public void told(TransactionStatus newStatus) {
        status = newStatus;
        last = newStatus;
    }

    /** Returns the status of the last ReadyForQuery. */
    public TransactionStatus last() {
        return last;
    }

    /** An ErrorResponse was sent. */
    public void failed() {
        if (status != TransactionStatus.IDLE) {
            status = TransactionStatus.FAILED;
        }
    }

    /**
     * A command was completed.
     *
     * @param tag its command tag
     * @param sql the statement, which alone tells ROLLBACK from ROLLBACK TO SAVEPOINT and COMMIT from COMMIT AND CHAIN
     */
    public void completed(String tag, String sql) {
        switch (tag) {
            case "BEGIN", "START TRANSACTION" -> status = TransactionStatus.IN_BLOCK;
            case "ROLLBACK" ->
                status = upper(sql).matches("(?s)ROLLBACK(\\s+(WORK|TRANSACTION))?\\s+TO\\b.*") || chained(upper(sql))
                        ? TransactionStatus.IN_BLOCK
                        : TransactionStatus.IDLE;
            case "COMMIT" -> status = chained(upper(sql)) ? TransactionStatus.IN_BLOCK : TransactionStatus.IDLE;
            case "PREPARE TRANSACTION" -> status = TransactionStatus.IDLE;
            default -> {
                // Any other command leaves the transaction as it is.
            }
        }
    }

    private static String upper(String sql) {
        return sql.strip().toUpperCase(Locale.ROOT);
    }

    private static boolean chained(String upper) {
        return upper.matches("(?s).*\\bAND\\s+CHAIN\\b.*") && !upper.matches("(?s).*\\bAND\\s+NO\\s+CHAIN\\b.*");
    }
}
