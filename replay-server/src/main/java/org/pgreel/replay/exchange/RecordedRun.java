package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was recorded from idle to idle: the unit of matching. What is noted about its use is confined to one thread. */
final class RecordedRun {

    final int session;

    /** The chapter of the recording in which it began; "" if the recording has none. */
    final String chapter;

    /** When it began, on a clock that all runs share. */
    final long began;

    final List<RecordedExchange> exchanges = new ArrayList<>();

    /** It is one query cycle: a statement, or a pipeline up to its Sync. */
    boolean oneCycle = true;

    /** Someone follows it, or did. */
    boolean taken;

    /** Who follows it; null if nobody does, or it was followed to its end. */
    @Nullable
    ConnectionScope follower;

    /** How many of its exchanges were asked for. */
    int played;

    /** The process id of the live connection that followed it last; null if it has none. */
    @Nullable
    Integer playedBy;

    private int answersItself;

    RecordedRun(int session, String chapter, long began) {
        this.session = session;
        this.chapter = chapter;
        this.began = began;
    }

    /** Nobody has asked for anything of it. */
    void rewind() {
        taken = false;
        played = 0;
        follower = null;
    }

    /** Tells whether all of it was asked for, but for housekeeping. */
    boolean over() {
        for (int i = played; i < exchanges.size(); i++) {
            if (!exchanges.get(i).housekeeping) {
                return false;
            }
        }
        return played > 0;
    }

    /** Tells whether it may be answered once more. */
    boolean repeatable() {
        if (answersItself == 0) {
            answersItself = answersLike(this) ? 1 : -1;
        }
        return answersItself > 0;
    }

    /** Tells whether both are one cycle in which the same is asked and answered. */
    boolean answersLike(RecordedRun other) {
        return oneCycle
                && other.oneCycle
                && exchanges.size() == other.exchanges.size()
                && beginsLike(other, exchanges.size());
    }

    /** Tells whether the first exchanges of both ask and answer the same. */
    boolean beginsLike(RecordedRun other, int count) {
        if (count > exchanges.size() || count > other.exchanges.size()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            RecordedExchange mine = exchanges.get(i);
            RecordedExchange others = other.exchanges.get(i);
            if (!mine.key.equals(others.key) || !mine.answersLike(others)) {
                return false;
            }
        }
        return true;
    }
}
