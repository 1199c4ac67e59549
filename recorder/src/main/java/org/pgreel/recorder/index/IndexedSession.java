package org.pgreel.recorder.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.verify.ScannedSession;

/** What an index knows of one session. Mutable while it is built; confined to one thread until then. */
final class IndexedSession {

    private final ScannedSession session;
    private final List<Mark> marks = new ArrayList<>();
    private SessionFacts facts = new SessionFacts("", "", 0, 0);

    /** Runs of blocks that hold records of the session: first and last of each. */
    private int[] runs = new int[2];

    private int runInts;

    IndexedSession(ScannedSession session) {
        this.session = session;
    }

    ScannedSession session() {
        return session;
    }

    List<Mark> marks() {
        return marks;
    }

    SessionFacts facts() {
        return facts;
    }

    void facts(SessionFacts newFacts) {
        facts = newFacts;
    }

    /** Notes that a block holds a record of the session. */
    void in(int block) {
        if (runInts > 0 && runs[runInts - 1] >= block - 1) {
            runs[runInts - 1] = block;
            return;
        }
        if (runInts == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
        }
        runs[runInts++] = block;
        runs[runInts++] = block;
    }

    int[] runs() {
        return Arrays.copyOf(runs, runInts);
    }

    void runs(int[] newRuns) {
        runs = newRuns.length == 0 ? new int[2] : newRuns;
        runInts = newRuns.length;
    }

    /** Returns the last place before a message from which folding can go on; null if there is none. */
    @Nullable
    Mark before(long message) {
        Mark found = null;
        for (Mark mark : marks) {
            if (mark.messages() >= message) {
                break;
            }
            found = mark;
        }
        return found;
    }
}
