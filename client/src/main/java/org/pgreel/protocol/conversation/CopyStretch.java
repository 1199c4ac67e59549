package org.pgreel.protocol.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What the frontend has sent behind the Query or Execute whose COPY takes data: that which the server reads as part of
 * the COPY, for as long as the COPY lasts.
 *
 * @param syncs the Syncs among it; the server swallows each that it reads before the COPY ends
 * @param end what ends it: CopyDone, CopyFail or a message that has no place in a COPY; null if nothing yet
 * @param endNumber the number of that message, or 0
 * @param behind the queue behind it; it begins with the end if that is neither CopyDone nor CopyFail
 */
record CopyStretch(Demands syncs, @Nullable Demand end, long endNumber, Demands behind) {

    /** Returns the stretch behind the queue's head. */
    static CopyStretch of(Demands owed) {
        Demands syncs = Demands.NONE;
        Demands behind = owed.rest();
        while (behind.head() == Demand.SYNC) {
            syncs = syncs.and(Demand.SYNC, behind.headNumber());
            behind = behind.rest();
        }
        Demand end = behind.head();
        long endNumber = behind.headNumber();
        return new CopyStretch(syncs, end, endNumber, end != null && end.endsCopy() ? behind.rest() : behind);
    }

    /** Tells whether the frontend has said that its data is complete. */
    boolean isDone() {
        return end == Demand.COPY_DONE;
    }

    int syncCount() {
        return syncs.leading(Demand.SYNC, Integer.MAX_VALUE);
    }

    /** Returns the number of the last message of the COPY that the frontend has sent; at least the queue's head. */
    long lastNumber(Exchange exchange) {
        return end != null
                ? endNumber
                : Math.max(exchange.lastCopied(), exchange.owed().headNumber());
    }

    /** Returns the exchange with the head of the queue still at work and the stretch gone. */
    Exchange left(Exchange exchange) {
        Demands owed = exchange.owed();
        Demand head = owed.head();
        return head == null ? exchange : exchange.withOwed(behind.headedBy(head, owed.headNumber()), 0);
    }

    /** Returns the state after the COPY was completed. */
    Conversation completed(Exchange exchange) {
        Exchange left = left(exchange);
        return exchange.owed().head() == Demand.QUERY ? new SimpleCompleted(left) : InSession.next(left.answered());
    }

    /**
     * Returns the state after the COPY failed.
     *
     * <p>A simple query then gets its ReadyForQuery, and so do those Syncs that the server had not swallowed before. In the
     * extended query protocol the first such Sync ends the skipping. If there is none (there were no Syncs, or all were
     * swallowed), what is behind is skipped until the next Sync; if there may be one, and something else than a Sync is
     * behind, one is taken for answered.
     */
    Conversation failed(Exchange exchange) {
        int doubts = syncCount();
        if (exchange.owed().head() == Demand.QUERY) {
            Demands queue =
                    behind.headedBy(syncs).headedBy(Demand.SYNC, exchange.owed().headNumber());
            return new AwaitingReady(exchange.withOwed(queue, doubts));
        }
        Exchange x = exchange.withOwed(behind, 0).withoutStrayCopyEnds();
        Demand next = x.owed().head();
        if (doubts == 0) {
            return Skipping.orReady(x.skipped());
        }
        Exchange doubtful = x.withOwed(x.owed().headedBy(syncs), doubts);
        if (next == null) {
            return new Skipping(doubtful);
        }
        return new AwaitingReady(next == Demand.SYNC ? doubtful : x.withOwed(doubtful.owed(), doubts - 1));
    }
}
