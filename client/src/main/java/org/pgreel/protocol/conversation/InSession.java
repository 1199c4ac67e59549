package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * The session has been ready for queries. The frontend may send any message of the query protocols at any time, without
 * waiting; the state tells how far the backend has come with the head of the queue of what it owes.
 */
sealed interface InSession extends Serving
        permits Idle,
                SimpleQuery,
                SimpleRows,
                SimpleCompleted,
                Acknowledging,
                DescribingStatement,
                DescribingColumns,
                Executing,
                ExecutingRows,
                CallingFunction,
                CopyIn,
                CopyOut,
                CopyBoth,
                CopyEnded,
                Skipping,
                AwaitingReady {

    /** Returns the state in which the backend is about to answer the head of the queue. */
    static Conversation next(Exchange exchange) {
        Exchange x = exchange.withoutStrayCopyEnds();
        Demand head = x.owed().head();
        if (head == null) {
            return new Idle(x);
        }
        return switch (head) {
            case QUERY -> new SimpleQuery(x);
            case FUNCTION_CALL -> new CallingFunction(x);
            case DESCRIBE_STATEMENT -> new DescribingStatement(x);
            case DESCRIBE_PORTAL -> new DescribingColumns(x);
            case EXECUTE, EXECUTE_LIMITED -> new Executing(x);
            case SYNC -> new AwaitingReady(x);
            default -> new Acknowledging(x);
        };
    }

    @Override
    default Conversation demanded(Demand demand) {
        if (exchange().terminated()) {
            return violatedBy(demand, ", but nothing follows Terminate");
        }
        return demand.isOfSession()
                ? with(exchange().sent(demand))
                : violatedBy(demand, ", but the session had begun and nobody asked for it");
    }

    /**
     * The error answers the head of the queue. Behind an extended-query message it makes the server skip everything until
     * Sync; otherwise ReadyForQuery comes next. A fatal one ends the session.
     */
    @Override
    default Conversation onErrorResponse(ErrorResponse message) {
        if (State.isFatal(message)) {
            return ended();
        }
        Demand head = exchange().owed().head();
        return head != null && head.isExtended()
                ? Skipping.orReady(exchange().skipped())
                : new AwaitingReady(exchange().answeredButReady());
    }

    @Override
    default long cause(BackendMessage message) {
        return exchange().owed().headNumber();
    }
}
