package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;

/** What was recorded from idle to idle: the unit of matching. What is noted about its use is confined to one thread. */
final class RecordedRun {

    final int session;

    /** The chapter of the recording in which it began; "" if the recording has none. */
    final String chapter;

    final List<RecordedExchange> exchanges = new ArrayList<>();

    /** Someone follows it, or did. */
    boolean taken;

    /** A client that followed it asked something else. */
    boolean left;

    /** How many of its exchanges were asked for. */
    int played;

    RecordedRun(int session, String chapter) {
        this.session = session;
        this.chapter = chapter;
    }

    /** Nobody has asked for anything of it. */
    void rewind() {
        taken = false;
        left = false;
        played = 0;
    }

    /** Tells whether nothing of it is more than housekeeping. */
    boolean housekeeping() {
        return exchanges.stream().allMatch(exchange -> HousekeepingStatements.is(exchange.key.sql()));
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
