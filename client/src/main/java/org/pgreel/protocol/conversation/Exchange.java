package org.pgreel.protocol.conversation;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * What every state carries: the frontend's half of the conversation and the queue that joins it to the backend's.
 *
 * <p>A frontend message is only noted here; what it turns out to mean (answered, skipped, swallowed by a COPY) is decided
 * when the backend speaks. So the value does not depend on how the messages of the two directions interleave.
 *
 * @param owed what the backend owes
 * @param sent how many messages the frontend sent
 * @param lastCopied the number of the frontend's last CopyData, CopyDone or CopyFail, or 0
 * @param doubtful how many of the Syncs at the head of the queue may have been swallowed by a COPY that failed
 * @param segmentOpen whether extended-query messages were answered since the last ReadyForQuery
 * @param terminated whether the frontend sent Terminate
 * @param status what the last ReadyForQuery reported, or null before the first
 */
record Exchange(
        Demands owed,
        long sent,
        long lastCopied,
        int doubtful,
        boolean segmentOpen,
        boolean terminated,
        @Nullable TransactionStatus status) {

    static final Exchange NONE = new Exchange(Demands.NONE, 0, 0, 0, false, false, null);

    /** The frontend sent a message, which joins the queue if an answer may come to it or a COPY end with it. */
    Exchange sent(Demand demand) {
        return switch (demand) {
            case QUERY,
                    FUNCTION_CALL,
                    PARSE,
                    BIND,
                    DESCRIBE_STATEMENT,
                    DESCRIBE_PORTAL,
                    EXECUTE,
                    EXECUTE_LIMITED,
                    CLOSE,
                    SYNC -> counted(demand, owed.and(demand, sent + 1));
            case COPY_DONE, COPY_FAIL -> counted(demand, mayTurnToCopy() ? owed.and(demand, sent + 1) : owed);
            default -> counted(demand, owed);
        };
    }

    /** The frontend sent a message that the backend will discard. */
    Exchange discarded(Demand demand) {
        return counted(demand, owed);
    }

    private Exchange counted(Demand demand, Demands queue) {
        boolean copies = demand == Demand.COPY_DATA || demand.endsCopy();
        long copied = copies ? sent + 1 : lastCopied;
        boolean ends = terminated || demand == Demand.TERMINATE;
        return new Exchange(queue, sent + 1, copied, doubtful, segmentOpen, ends, status);
    }

    /** The head of the queue, an extended-query message, was answered to its end. */
    Exchange answered() {
        return new Exchange(owed.rest(), sent, lastCopied, doubtful, true, terminated, status);
    }

    /** Nothing but ReadyForQuery is still owed to the head of the queue. */
    Exchange answeredButReady() {
        Demands queue = owed.head() == Demand.SYNC ? owed : owed.rest().headedBy(Demand.SYNC, owed.headNumber());
        return withOwed(queue, doubtful);
    }

    /** ReadyForQuery came for the head of the queue. */
    Exchange ready(TransactionStatus reported) {
        Demands queue = owed.rest();
        int doubts = 0;
        if (doubtful > 0) {
            doubts = queue.leading(Demand.SYNC, doubtful);
            queue = withoutStrayCopyEndsBehind(queue, doubts);
        }
        return new Exchange(queue, sent, lastCopied, doubts, false, terminated, reported);
    }

    private static Demands withoutStrayCopyEndsBehind(Demands queue, int syncs) {
        Demands head = Demands.NONE;
        Demands behind = queue;
        for (int i = 0; i < syncs; i++) {
            head = head.and(Demand.SYNC, behind.headNumber());
            behind = behind.rest();
        }
        return behind.withoutCopyEnds().headedBy(head);
    }

    private boolean mayTurnToCopy() {
        return !owed.isEmpty() && (doubtful == 0 || !owed.hasOnly(Demand.SYNC));
    }

    /** The queue without what the server skips after an error in an extended-query message: all before the next Sync. */
    Exchange skipped() {
        Demands queue = owed;
        while (!queue.isEmpty() && queue.head() != Demand.SYNC) {
            queue = queue.rest();
        }
        return withOwed(queue, 0);
    }

    /** The server discards CopyDone and CopyFail that it reads while no COPY runs. */
    Exchange withoutStrayCopyEnds() {
        Demand head = owed.head();
        return head != null && head.endsCopy() ? withOwed(owed.withoutCopyEnds(), doubtful) : this;
    }

    /**
     * Returns the number of the Sync that a ReadyForQuery answers now. Of those that may have been swallowed it is taken
     * for none if a certain one is behind them: the frontend sent that one without waiting.
     */
    long readyNumber() {
        long number = owed.headNumber();
        int doubts = doubtful;
        for (Demands.Item item : owed) {
            if (item.demand != Demand.SYNC || doubts < 0) {
                break;
            }
            number = item.number;
            doubts--;
        }
        return number;
    }

    /** Tells whether every Sync at the head of the queue may have been swallowed, so that what is behind may be next. */
    boolean headIsDoubtful() {
        return doubtful > 0 && owed.leading(Demand.SYNC, doubtful + 1) <= doubtful;
    }

    /** The Syncs at the head of the queue turn out to have been swallowed. */
    Exchange withoutDoubtfulHead() {
        Demands queue = owed;
        for (int i = 0; i < doubtful; i++) {
            queue = queue.rest();
        }
        return withOwed(queue, 0);
    }

    Exchange withOwed(Demands queue, int doubts) {
        return new Exchange(queue, sent, lastCopied, doubts, segmentOpen, terminated, status);
    }

    /** After a fatal error nothing is owed any more. */
    Exchange ended() {
        return new Exchange(Demands.NONE, sent, lastCopied, 0, false, terminated, status);
    }

    /** Returns how many ReadyForQuery the queue earns, nothing being known of what is still to be begun. */
    ReadyOwed readyOwed(int uncertainSyncs) {
        int least = 0;
        int most = 0;
        int doubts = uncertainSyncs;
        boolean behindExtended = false;
        for (Demands.Item item : owed) {
            boolean earns = item.demand.earnsReady();
            boolean certain = item.demand == Demand.SYNC ? doubts-- <= 0 : !behindExtended;
            most += earns ? 1 : 0;
            least += earns && certain ? 1 : 0;
            behindExtended = item.demand != Demand.SYNC && (behindExtended || item.demand.isExtended());
        }
        return new ReadyOwed(least, most);
    }
}
