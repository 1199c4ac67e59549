package org.pgreel.replay.exchange;

import java.util.regex.Pattern;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * What a server says in a transaction block that a miss has failed: the block can only be rolled back. One miss is thus one
 * miss, whatever the client makes of it.
 */
final class AfterMiss {
    private static final String IN_FAILED_SQL_TRANSACTION = "25P02";

    private static final Pattern END =
            Pattern.compile("(?is)\\s*(commit|end|rollback|abort|prepare\\s+transaction)\\b.*");

    private AfterMiss() {}

    static BackendMessage answer(String sql) {
        return END.matcher(sql).matches() ? new CommandComplete("ROLLBACK") : refusal();
    }

    static ErrorResponse refusal() {
        return ErrorResponse.of(
                "ERROR",
                IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
    }
}
