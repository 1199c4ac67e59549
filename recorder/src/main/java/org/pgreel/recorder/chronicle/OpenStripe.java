package org.pgreel.recorder.chronicle;

/** A stripe that is being written, and how many sessions are. Its counts are guarded by {@link OpenStripes}. */
final class OpenStripe {

    private final int ordinal;
    private final QueueAppender queue;
    private final long cycle;
    private long sessions;
    private long ended;

    OpenStripe(int ordinal, QueueAppender queue, long cycle) {
        this.ordinal = ordinal;
        this.queue = queue;
        this.cycle = cycle;
    }

    /** Returns its number within the run. */
    int ordinal() {
        return ordinal;
    }

    QueueAppender queue() {
        return queue;
    }

    /** Returns the number of the cycle in which it began. */
    long cycle() {
        return cycle;
    }

    /** Returns how many sessions began in it. */
    long sessions() {
        return sessions;
    }

    void sessionBegan() {
        sessions++;
    }

    void sessionEnded() {
        ended++;
    }

    /** Returns how many sessions are not over. */
    long open() {
        return sessions - ended;
    }

    /** Returns whether all sessions that began in it are over. */
    boolean isOver() {
        return ended == sessions;
    }
}
