package org.pgreel.recorder.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionCheck;
import org.pgreel.recorder.verify.StripeScan;

/**
 * What is known of a stripe: read from the index beside it as far as that goes, and scanned from there on. Of a stripe that
 * is damaged there is no index, so it is always read whole.
 */
public final class StripeIndex {

    /** A stripe is worth an index, or a longer one, when so much of it is not in one. */
    private static final long WORTH_BYTES = 16L << 20;

    /**
     * A place from which a session can be read so that a message is reached soon.
     *
     * @param position where the record lies behind which reading begins
     * @param check where the check of the session's chain stands there
     * @param snapshot what a fold goes on from there
     */
    public record Start(long position, SessionCheck.Snapshot check, byte[] snapshot) {}

    private final StripeScan scan;
    private final @Nullable Path file;
    private final Map<Long, IndexedSession> sessions = new HashMap<>();

    /** What a longer index could be made of; null if there is none. */
    private IndexFile.@Nullable Directory known;

    private SessionFolding.@Nullable Maker maker;

    private StripeIndex(StripeScan scan, @Nullable Path file, List<IndexedSession> sessions) {
        this.scan = scan;
        this.file = file;
        sessions.forEach(session -> this.sessions.put(session.session().id(), session));
    }

    /**
     * Finds out what a stripe holds.
     *
     * @param stripe the stripe
     * @param sessionsBefore how many sessions the stripes before hold
     * @param maker folds sessions into what the index keeps
     * @param progress told how many bytes of records were read since it was told before
     */
    public static StripeIndex of(
            JournalStripe stripe, int sessionsBefore, SessionFolding.Maker maker, LongConsumer progress) {
        Path file = stripe.derived();
        long size = stripe.sizeBytes();
        IndexFile.Directory before = file == null ? null : known(file, stripe, sessionsBefore);
        if (file == null || before == null && size < WORTH_BYTES) {
            return plain(stripe, sessionsBefore, progress);
        }
        long known = before == null ? 0 : before.coveredBytes() - unreadBytes(before);
        if (size - known < WORTH_BYTES) {
            StripeIndex grown = build(stripe, sessionsBefore, maker, progress, file, before, null);
            return grown == null ? plain(stripe, sessionsBefore, progress) : grown;
        }
        try (IndexFile.Draft draft = IndexFile.Draft.begin(file, before)) {
            StripeIndex grown = build(stripe, sessionsBefore, maker, progress, file, before, draft);
            return grown == null ? plain(stripe, sessionsBefore, progress) : grown;
        } catch (IOException | UnwritableIndexException e) {
            // Nothing depends on it: without an index all is read.
            return plain(stripe, sessionsBefore, progress);
        }
    }

    /** Finds what is known of a stripe: by the index that a reader made, or by the recorder's notes if they go further. */
    private static IndexFile.@Nullable Directory known(Path file, JournalStripe stripe, int sessionsBefore) {
        IndexFile.Directory index = believed(stripe, IndexFile.read(file, stripe, sessionsBefore));
        Path notes = stripe.notes();
        IndexFile.Directory noted =
                notes == null ? null : believed(stripe, NotesFile.read(notes, stripe, sessionsBefore));
        if (noted == null || index != null && index.lastNumber() >= noted.lastNumber()) {
            return index;
        }
        return index == null ? noted : noted.withMarksOf(index);
    }

    private static IndexFile.@Nullable Directory believed(JournalStripe stripe, IndexFile.@Nullable Directory told) {
        return told != null && holds(stripe, told) ? told : null;
    }

    /** Returns about how many bytes have to be read of sessions of which only the places are known. */
    private static long unreadBytes(IndexFile.Directory known) {
        long blocks = known.sessions().stream()
                .filter(IndexedSession::unread)
                .mapToLong(session -> session.runs().blocks())
                .sum();
        return Math.min(blocks * Blocks.BLOCK_BYTES, known.coveredBytes());
    }

    /** Tells whether a stripe is the one that an index was made of: where the last record should lie, it does. */
    private static boolean holds(JournalStripe stripe, IndexFile.Directory index) {
        try (StripeReader reader = stripe.read(index.lastPosition())) {
            StripeEntry entry = reader.next();
            return entry instanceof StripeRecord record
                    && record.number() == index.lastNumber()
                    && record.position() == index.lastPosition();
        }
    }

    private static StripeIndex plain(JournalStripe stripe, int sessionsBefore, LongConsumer progress) {
        StripeScan scan = new StripeScan(stripe, sessionsBefore, StripeScan.Listener.of(progress));
        scan.run();
        return new StripeIndex(scan, null, List.of());
    }

    private static @Nullable StripeIndex build(
            JournalStripe stripe,
            int sessionsBefore,
            SessionFolding.Maker maker,
            LongConsumer progress,
            Path file,
            IndexFile.@Nullable Directory before,
            IndexFile.@Nullable Draft draft) {
        long size = stripe.sizeBytes();
        IndexBuilder builder = new IndexBuilder(maker, progress, draft, before);
        StripeScan scan = new StripeScan(stripe, sessionsBefore, builder);
        try {
            if (before != null) {
                resume(scan, builder, before, file);
                progress.accept(before.coveredBytes());
            }
            scan.run();
            if (!scan.findings().isEmpty()
                    || builder.sessions().size() != scan.sessions().size()) {
                return null;
            }
            builder.end();
            IndexFile.Directory grown = new IndexFile.Directory(
                    scan.lastPosition(),
                    scan.lastNumber(),
                    size,
                    builder.blocks(),
                    builder.sessions(),
                    before == null ? 0 : before.directoryAt());
            if (draft != null) {
                grown = draft.finish(grown);
            }
            StripeIndex index = new StripeIndex(scan, file, builder.sessions());
            index.known = grown;
            index.maker = maker;
            index.readByBlocks(stripe, builder.blocks());
            return index;
        } catch (IOException e) {
            return null;
        }
    }

    private static void resume(StripeScan scan, IndexBuilder builder, IndexFile.Directory before, Path file)
            throws IOException {
        for (IndexedSession session : before.sessions()) {
            Mark last = session.lastMark();
            // A mark elsewhere does not tell what was known at the session's end.
            byte[] snapshot =
                    last != null && last.position() == session.session().lastPosition()
                            ? IndexFile.snapshot(file, last)
                            : null;
            builder.resume(session, scan.stripe(), snapshot);
        }
        List<ScannedSession> known =
                builder.sessions().stream().map(IndexedSession::session).toList();
        scan.resume(known, before.lastPosition(), before.lastNumber());
    }

    private void readByBlocks(JournalStripe stripe, Blocks blocks) {
        for (IndexedSession session : sessions.values()) {
            int[] runs = session.runs().toArray();
            if (runs.length > 0) {
                session.session().readBy(position -> new RunReader(stripe, blocks, runs, position));
            }
        }
    }

    /** Returns the scan: what was read from the index, and what was scanned behind it. */
    public StripeScan scan() {
        return scan;
    }

    /**
     * Returns what is known of a session beside its events.
     *
     * @return null if that was not derived
     */
    public @Nullable SessionFacts facts(ScannedSession session) {
        IndexedSession indexed = sessions.get(session.id());
        return indexed == null ? null : indexed.facts();
    }

    /**
     * Returns where reading may begin so that a message is reached soon.
     *
     * @param session one of this stripe's sessions
     * @param message the number of the message, from 1
     * @return null if it has to begin at the session's beginning
     */
    public @Nullable Start before(ScannedSession session, long message) {
        IndexedSession indexed = sessions.get(session.id());
        if (indexed == null) {
            return null;
        }
        if (indexed.isWorthMarks(message)) {
            mark(indexed);
        }
        Mark mark = indexed.before(message);
        if (mark == null) {
            return null;
        }
        byte[] snapshot = IndexFile.snapshot(Objects.requireNonNull(file), mark);
        return snapshot == null ? null : new Start(mark.position(), mark.check(), snapshot);
    }

    /** Reads a session once and sets marks in it, so that it is not read again for each message that is asked for. */
    private void mark(IndexedSession session) {
        IndexFile.Directory directory = known;
        SessionFolding.Maker foldings = maker;
        Path target = file;
        if (directory == null || foldings == null || target == null) {
            return;
        }
        try (IndexFile.Draft draft = IndexFile.Draft.begin(target, directory)) {
            IndexBuilder builder = new IndexBuilder(foldings, bytes -> {}, draft, directory);
            IndexedSession marked = builder.read(session, scan.stripe());
            session.marks().addAll(marked.marks());
            known = draft.finish(directory);
        } catch (IOException | UnwritableIndexException e) {
            // Then it is read from its beginning, now and the next time.
            session.marks().clear();
        }
    }
}
