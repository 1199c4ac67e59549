package org.pgreel.recorder.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.recorder.verify.StripeScan;

/** Gathers what an index keeps while its stripe is scanned. Confined to one thread. */
final class IndexBuilder implements StripeScan.Listener {

    /** A mark is set when the session has grown by so much, and by so many times its last snapshot. */
    static final long MARK_BYTES = 8 << 20;

    private static final int MARK_SNAPSHOTS = 64;
    private static final int SNAPSHOT_BYTES_MAX = 1 << 22;

    private final SessionFolding.Maker maker;
    private final LongConsumer progress;
    private final IndexFile.@Nullable Draft draft;
    private final Blocks blocks;
    private final List<IndexedSession> sessions = new ArrayList<>();
    private final Map<Long, Growing> growing = new HashMap<>();

    /** A session that may go on. */
    private static final class Growing {

        private final IndexedSession session;
        private final SessionFolding folding;
        private long bytesSinceMark;
        private long wanted = MARK_BYTES;

        Growing(IndexedSession session, SessionFolding folding) {
            this.session = session;
            this.folding = folding;
        }
    }

    IndexBuilder(
            SessionFolding.Maker maker,
            LongConsumer progress,
            IndexFile.@Nullable Draft draft,
            IndexFile.@Nullable Directory before) {
        this.maker = maker;
        this.progress = progress;
        this.draft = draft;
        this.blocks = before == null ? new Blocks() : before.blocks();
    }

    List<IndexedSession> sessions() {
        return sessions;
    }

    Blocks blocks() {
        return blocks;
    }

    /**
     * Goes on with a session of the index before.
     *
     * @param snapshot what was known at its end; null if that is not known
     */
    void resume(IndexedSession session, JournalStripe stripe, byte @Nullable [] snapshot) throws IOException {
        boolean open = session.session().check().state() == SessionState.OPEN;
        if (session.unread() || open && snapshot == null) {
            sessions.add(read(session, stripe));
            return;
        }
        sessions.add(session);
        if (open && snapshot != null) {
            SessionFolding folding = maker.resume(snapshot, session.facts());
            growing.put(session.session().id(), new Growing(session, folding));
        }
    }

    /**
     * Reads a session of which only the places of its records are known, as far as they are known.
     *
     * @return it as it is then, in the place of the one that was given
     * @throws IOException if it cannot be read so
     */
    IndexedSession read(IndexedSession unread, JournalStripe stripe) throws IOException {
        ScannedSession known = unread.session();
        ScannedSession scanned = new ScannedSession(
                known.number(), known.id(), stripe, known.firstPosition(), false, known.freshCheck());
        IndexedSession session = new IndexedSession(scanned);
        session.runs(unread.runs());
        Growing open = new Growing(session, maker.begin());
        int[] runs = unread.runs().toArray();
        try (StripeReader reader = new RunReader(stripe, blocks, runs, known.firstPosition())) {
            while (scanned.lastPosition() < known.lastPosition()
                    || scanned.check().nextSequence() == 0) {
                if (!(reader.next() instanceof StripeRecord record) || record.position() > known.lastPosition()) {
                    throw new IOException("a record of the session is not where it should be");
                }
                if (record.session() == scanned.id()) {
                    scanned.check().follow(record, open.folding::accept);
                    scanned.reaches(record.position());
                    progress.accept(record.length());
                    grown(open, record);
                }
            }
        }
        session.facts(open.folding.facts());
        if (scanned.check().state() == SessionState.OPEN) {
            growing.put(scanned.id(), open);
        }
        return session;
    }

    @Override
    public void event(ScannedSession session, SessionEvent event) {
        Growing open = growing.get(session.id());
        if (open == null && event.sequence() == 0) {
            IndexedSession indexed = new IndexedSession(session);
            sessions.add(indexed);
            open = new Growing(indexed, maker.begin());
            growing.put(session.id(), open);
        }
        if (open != null) {
            open.folding.accept(event);
        }
    }

    @Override
    public void record(ScannedSession session, StripeRecord record) {
        progress.accept(record.length());
        int block = blocks.of(record.position(), record.length());
        Growing open = growing.get(session.id());
        if (open == null) {
            return;
        }
        open.session.runs().in(block);
        if (session.check().state() != SessionState.OPEN) {
            open.session.facts(open.folding.facts());
            growing.remove(session.id());
        } else {
            grown(open, record);
        }
    }

    private void grown(Growing open, StripeRecord record) {
        open.bytesSinceMark += record.length();
        if (open.bytesSinceMark >= open.wanted && draft != null) {
            mark(draft, open);
        }
    }

    private void mark(IndexFile.Draft to, Growing open) {
        byte[] snapshot = open.folding.snapshot();
        open.bytesSinceMark = 0;
        open.wanted = Math.max(MARK_BYTES, (long) snapshot.length * MARK_SNAPSHOTS);
        if (snapshot.length > SNAPSHOT_BYTES_MAX) {
            return;
        }
        add(to, open, snapshot);
    }

    private static void add(IndexFile.Draft to, Growing open, byte[] snapshot) {
        try {
            ScannedSession session = open.session.session();
            SessionFacts facts = open.folding.facts();
            open.session
                    .marks()
                    .add(new Mark(
                            session.lastPosition(),
                            facts.messages(),
                            session.check().snapshot(),
                            to.add(snapshot),
                            snapshot.length,
                            IndexFile.checksum(snapshot)));
        } catch (IOException e) {
            throw new UnwritableIndexException(e);
        }
    }

    /** Sets the facts of the sessions that are not over, and a mark at the end of each if there is a file. */
    void end() {
        for (Growing open : growing.values()) {
            open.session.facts(open.folding.facts());
            if (draft != null) {
                add(draft, open, open.folding.snapshot());
            }
        }
    }
}
