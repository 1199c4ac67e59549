package org.pgreel.recorder.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionState;

/** What an index knows of one session. Mutable while it is built; confined to one thread until then. */
final class IndexedSession {

    private final ScannedSession session;
    private final List<Mark> marks = new ArrayList<>();
    private SessionFacts facts = new SessionFacts("", "", 0, 0);
    private BlockRuns runs = new BlockRuns();
    private boolean unread;

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

    /** Returns the blocks that hold records of the session. */
    BlockRuns runs() {
        return runs;
    }

    void runs(BlockRuns newRuns) {
        runs = newRuns;
    }

    /** Returns whether nobody has read it yet: it is only known where its records lie. */
    boolean unread() {
        return unread;
    }

    void unread(boolean newUnread) {
        unread = newUnread;
    }

    /** Returns the last mark; null if there is none. */
    @Nullable
    Mark lastMark() {
        return marks.isEmpty() ? null : marks.get(marks.size() - 1);
    }

    /**
     * Returns whether it takes long to reach a message and no mark was ever set; a session that is still open when it is
     * read gets its marks as it is read.
     */
    boolean isWorthMarks(long message) {
        if (!marks.isEmpty() || session.check().state() != SessionState.WHOLE) {
            return false;
        }
        long bytes = session.check().bytesWritten() + session.check().bytesRead();
        double share = (double) message / Math.max(1, facts.messages());
        return bytes * Math.min(1, share) > 2.0 * IndexBuilder.MARK_BYTES;
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
