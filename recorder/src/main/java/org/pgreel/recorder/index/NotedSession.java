package org.pgreel.recorder.index;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.SessionEnd;

/** Where the records of a session lie, as the one who appends them notes it. */
final class NotedSession {

    private final long id;
    private final long firstPosition;
    private final BlockRuns runs;
    private final @Nullable SessionEnd end;
    private long lastPosition;

    NotedSession(long id, long firstPosition) {
        this(id, firstPosition, firstPosition, new BlockRuns(), null);
    }

    private NotedSession(long id, long firstPosition, long lastPosition, BlockRuns runs, @Nullable SessionEnd end) {
        this.id = id;
        this.firstPosition = firstPosition;
        this.lastPosition = lastPosition;
        this.runs = runs;
        this.end = end;
    }

    long id() {
        return id;
    }

    long firstPosition() {
        return firstPosition;
    }

    long lastPosition() {
        return lastPosition;
    }

    BlockRuns runs() {
        return runs;
    }

    /** Returns what is known of its end; null if it is not over, or was not recorded to its end. */
    @Nullable
    SessionEnd end() {
        return end;
    }

    void record(long position, int block) {
        lastPosition = position;
        runs.in(block);
    }

    NotedSession copy() {
        return new NotedSession(id, firstPosition, lastPosition, runs.copy(), end);
    }

    NotedSession ended(@Nullable SessionEnd how) {
        return new NotedSession(id, firstPosition, lastPosition, runs, how);
    }
}
