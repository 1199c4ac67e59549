package org.pgreel.protocol.conversation;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/**
 * One conversation followed from message to message, for a role that needs its latest value alone: it says what
 * {@link Conversation} says, and {@link #value()} is equal to the value that the same messages lead to.
 *
 * <p>What a session does nearly always, extended queries that succeed, is followed in place and makes no objects. It
 * decides nothing by itself: a message that is not among the plain answers below is put to the value.
 *
 * <p>Mutable, for one thread at a time. It keeps no message.
 */
public final class RunningConversation {

    private static final int ROOM = 16;

    private Conversation value;

    /** Whether the fields below hold the conversation; otherwise the value does. */
    private boolean inPlace;

    /** What the backend owes, oldest first, in a ring whose length is a power of two. Their numbers are consecutive. */
    private Demand[] owed = new Demand[ROOM];

    private int first;
    private int count;
    private long sent;
    private long lastCopied;
    private boolean rowCame;
    private boolean segmentOpen;
    private @Nullable TransactionStatus status;

    /** Begins where a connection begins. */
    public RunningConversation() {
        this(Conversation.begin());
    }

    RunningConversation(Conversation from) {
        value = from;
        resume();
    }

    /** Returns where the conversation stands. */
    public Conversation value() {
        return inPlace ? made() : value;
    }

    /**
     * Takes a message of the frontend.
     *
     * @return the violation that it is, after which all is as it was before; null if it is legal
     */
    public @Nullable Violated said(FrontendMessage message) {
        Demand demand = Demand.of(message);
        if (inPlace && isPlain(demand)) {
            if (count == owed.length) {
                grow();
            }
            owed[(first + count) & (owed.length - 1)] = demand;
            count++;
            sent++;
            return null;
        }
        return accepted(value().after(message));
    }

    /**
     * Takes a message of the backend.
     *
     * @return the violation that it is, after which all is as it was before; null if it is legal
     */
    public @Nullable Violated heard(BackendMessage message) {
        return inPlace && isPlain(message) ? null : accepted(value().after(message));
    }

    /**
     * Takes a message of which only the type is known; see {@link Conversation#afterOversized}.
     *
     * @return the violation that it is, after which all is as it was before; null if it is legal
     */
    public @Nullable Violated oversized(Direction from, byte type) {
        return accepted(value().afterOversized(from, type));
    }

    private @Nullable Violated accepted(Conversation next) {
        Violated violation = next.violation();
        if (violation == null) {
            value = next;
            inPlace = false;
            resume();
        }
        return violation;
    }

    /** Goes on in place if nothing is owed. */
    private void resume() {
        if (!(value instanceof Idle idle)
                || idle.exchange().terminated()
                || idle.exchange().doubtful() > 0) {
            return;
        }
        Exchange exchange = idle.exchange();
        sent = exchange.sent();
        lastCopied = exchange.lastCopied();
        segmentOpen = exchange.segmentOpen();
        status = exchange.status();
        rowCame = false;
        first = 0;
        count = 0;
        inPlace = true;
    }

    private Conversation made() {
        Demands queue = Demands.NONE;
        for (int i = 0; i < count; i++) {
            queue = queue.and(owed[(first + i) & (owed.length - 1)], sent - count + i + 1);
        }
        Exchange exchange = new Exchange(queue, sent, lastCopied, 0, segmentOpen, false, status);
        return rowCame ? new ExecutingRows(exchange) : InSession.next(exchange);
    }

    private static boolean isPlain(Demand demand) {
        return switch (demand) {
            case PARSE, BIND, DESCRIBE_PORTAL, EXECUTE, EXECUTE_LIMITED, CLOSE, SYNC -> true;
            default -> false;
        };
    }

    /** Takes a message that is legal beyond doubt; all others are left to the value. */
    private boolean isPlain(BackendMessage message) {
        if (count == 0) {
            return isAsynchronous(message);
        }
        Demand head = owed[first];
        return switch (head) {
            case EXECUTE, EXECUTE_LIMITED -> isOfExecute(head, message) || isAsynchronous(message);
            case SYNC -> message instanceof ReadyForQuery ready ? isReady(ready) : isAsynchronous(message);
            case BIND -> message instanceof BindComplete ? answered() : isAsynchronous(message);
            case PARSE -> message instanceof ParseComplete ? answered() : isAsynchronous(message);
            case CLOSE -> message instanceof CloseComplete ? answered() : isAsynchronous(message);
            default ->
                message instanceof RowDescription || message instanceof NoData ? answered() : isAsynchronous(message);
        };
    }

    private boolean isOfExecute(Demand head, BackendMessage message) {
        if (message instanceof DataRow) {
            rowCame = true;
            return true;
        }
        boolean ends = message instanceof CommandComplete
                || (message instanceof EmptyQueryResponse && !rowCame)
                || (message instanceof PortalSuspended && rowCame && head == Demand.EXECUTE_LIMITED);
        return ends && answered();
    }

    private static boolean isAsynchronous(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof ParameterStatus
                || message instanceof NotificationResponse;
    }

    private boolean answered() {
        segmentOpen = true;
        return withoutHead();
    }

    private boolean isReady(ReadyForQuery message) {
        segmentOpen = false;
        status = message.transactionStatus();
        return withoutHead();
    }

    private boolean withoutHead() {
        rowCame = false;
        first = (first + 1) & (owed.length - 1);
        count--;
        return true;
    }

    private void grow() {
        Demand[] wider = new Demand[owed.length * 2];
        for (int i = 0; i < count; i++) {
            wider[i] = owed[(first + i) & (owed.length - 1)];
        }
        owed = wider;
        first = 0;
    }
}
