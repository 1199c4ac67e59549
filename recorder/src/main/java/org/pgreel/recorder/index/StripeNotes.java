package org.pgreel.recorder.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.SessionEnd;

/**
 * What the one who appends to a stripe notes on the way, so that nobody has to read it all to list its sessions: where the
 * records of each session lie, and what was known of a session at its end.
 *
 * <p>Noting a record makes no object. From time to time what was noted is taken as a page and written behind those before
 * it, by another thread. Used by one thread at a time.
 */
public final class StripeNotes {

    /** A stripe is worth notes when it is so long. */
    static final long WORTH_BYTES = 16L << 20;

    private static final long STEP_BYTES_MAX = 256L << 20;
    private static final int STEP_SHARE = 8;
    private static final int ENDED_MAX = 10_000;

    private final OpenSessions open = new OpenSessions();
    private final Blocks blocks = new Blocks();
    private List<NotedSession> ended = new ArrayList<>();
    private int blocksTaken;
    private long lastPosition;
    private long lastNumber = Journal.NO_RECORD;
    private long takenNumber = Journal.NO_RECORD;
    private long takenBytes;

    /**
     * What was noted since the page before. Immutable.
     *
     * @param before the number of the last record of the page before; {@link Journal#NO_RECORD} if this is the first
     * @param lastPosition where the last record lies
     * @param lastNumber its number
     * @param bytes how long the stripe was
     * @param blocks where the blocks begin that are new
     * @param ended the sessions that ended, and those that cannot be recorded any further
     * @param open all sessions that are not over
     */
    public record Page(
            long before,
            long lastPosition,
            long lastNumber,
            long bytes,
            long[] blocks,
            List<NotedSession> ended,
            List<NotedSession> open) {}

    /**
     * Notes a record.
     *
     * @param session whose it is
     * @param position where it lies in the stripe
     * @param number its number
     * @param length how many bytes its events take
     */
    public void record(long session, long position, long number, int length) {
        int block = blocks.of(position, length);
        NotedSession noted = open.get(session);
        if (noted == null) {
            noted = new NotedSession(session, position);
            open.add(noted);
        }
        noted.record(position, block);
        lastPosition = position;
        lastNumber = number;
    }

    /**
     * Notes that nothing more comes of a session.
     *
     * @param session the session
     * @param end what is known of it; null if it was not recorded to its end
     */
    public void ended(long session, @Nullable SessionEnd end) {
        NotedSession over = open.remove(session);
        if (over != null) {
            ended.add(over.ended(end));
        }
    }

    /**
     * Takes a page if it is time for one.
     *
     * @param bytes how long the stripe is
     * @return null if it is not
     */
    public @Nullable Page pageIfDue(long bytes) {
        long step = Math.min(STEP_BYTES_MAX, Math.max(WORTH_BYTES, takenBytes / STEP_SHARE));
        boolean due = bytes - takenBytes >= step || ended.size() >= ENDED_MAX && bytes >= WORTH_BYTES;
        return due ? lastPage(bytes) : null;
    }

    /**
     * Takes a page of all that was noted, unless the stripe is too short to be worth it or nothing is new.
     *
     * @param bytes how long the stripe is
     * @return null if there is none
     */
    public @Nullable Page lastPage(long bytes) {
        if (bytes < WORTH_BYTES || takenNumber == lastNumber && ended.isEmpty()) {
            return null;
        }
        long[] starts = blocks.starts();
        List<NotedSession> going = new ArrayList<>();
        open.forEach(session -> going.add(session.copy()));
        Page page = new Page(
                takenNumber,
                lastPosition,
                lastNumber,
                bytes,
                Arrays.copyOfRange(starts, blocksTaken, starts.length),
                ended,
                going);
        ended = new ArrayList<>();
        blocksTaken = starts.length;
        takenNumber = lastNumber;
        takenBytes = bytes;
        return page;
    }
}
