package org.pgreel.recorder.index;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.SessionEnd;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionCheck;

/**
 * The file of the notes that a recorder takes.
 *
 * <pre>
 *  magic(8) { length(4) CRC32C(4) page }…
 * </pre>
 *
 * <p>It is only ever appended to, a page at a time; a page that was not written whole, and all behind it, counts for
 * nothing, nor does one whose page before it is missing, because somebody removed the file while it was written. What the
 * last page calls open was not over then, and has to be read as far as that page goes.
 */
public final class NotesFile {

    /** The last byte is the version of the form. */
    private static final byte[] MAGIC = "PgReelN\u0002".getBytes(StandardCharsets.ISO_8859_1);

    private static final int PAGE_HEADER_BYTES = 8;
    private static final int PAGE_BYTES_MAX = 1 << 28;

    private static final SessionFacts NOTHING = new SessionFacts("", "", 0, 0);

    private NotesFile() {}

    /**
     * Appends a page; makes the file if it is the first.
     *
     * @param file the file
     * @param page what was noted
     * @throws IOException if it cannot be written; what was written before is as good as it was
     */
    public static void append(Path file, StripeNotes.Page page) throws IOException {
        if (!Files.exists(file)) {
            Path directory = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(directory, file.getFileName() + ".", ".unfinished");
            Files.write(draft, MAGIC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        byte[] bytes = bytes(page);
        ByteBuffer out = ByteBuffer.allocate(PAGE_HEADER_BYTES + bytes.length);
        out.putInt(bytes.length).putInt(IndexFile.checksum(bytes)).put(bytes).flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    private static byte[] bytes(StripeNotes.Page page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(page.before());
        out.writeLong(page.lastPosition());
        out.writeLong(page.lastNumber());
        out.writeLong(page.bytes());
        out.writeInt(page.blocks().length);
        for (long start : page.blocks()) {
            out.writeLong(start);
        }
        out.writeInt(page.ended().size());
        for (NotedSession session : page.ended()) {
            write(session, out);
        }
        out.writeInt(page.open().size());
        for (NotedSession session : page.open()) {
            write(session, out);
        }
        return bytes.toByteArray();
    }

    private static void write(NotedSession session, DataOutputStream out) throws IOException {
        out.writeLong(session.id());
        out.writeLong(session.firstPosition());
        out.writeLong(session.lastPosition());
        session.runs().write(out);
        SessionEnd end = session.end();
        boolean told = end != null && end.counted();
        out.writeBoolean(told);
        if (end != null && told) {
            SessionClosed closed = end.closed();
            IndexForm.write(
                    new SessionCheck.Snapshot(
                            closed.sequence() + 1,
                            end.chain(),
                            true,
                            false,
                            true,
                            closed.nanos(),
                            closed.totals().bytesWritten(),
                            closed.totals().bytesRead(),
                            end.opened(),
                            closed,
                            null),
                    out);
            IndexForm.text(end.user(), out);
            IndexForm.text(end.database().isEmpty() ? end.user() : end.database(), out);
            out.writeLong(end.statements());
            out.writeLong(end.messages());
        }
    }

    /** Reads what the pages say together; null if there is none that can be believed. */
    static IndexFile.@Nullable Directory read(Path file, JournalStripe stripe, int sessionsBefore) {
        List<Told> told = new ArrayList<>();
        List<Told> open = List.of();
        List<long[]> blocks = new ArrayList<>();
        long[] last = {0, Journal.NO_RECORD, 0};
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                return null;
            }
            for (DataInputStream page = page(in); page != null; page = page(in)) {
                if (page.readLong() != last[1]) {
                    break;
                }
                last = new long[] {page.readLong(), page.readLong(), page.readLong()};
                blocks.add(starts(page));
                told.addAll(sessions(page));
                open = sessions(page);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Whatever is wrong with it, the stripe itself tells the same.
            return null;
        }
        if (last[1] == Journal.NO_RECORD) {
            return null;
        }
        told.addAll(open);
        // The order of sessions, and their numbers, is that of their first records.
        told.sort(Comparator.comparingLong(Told::firstPosition));
        List<IndexedSession> sessions = new ArrayList<>();
        for (Told session : told) {
            sessions.add(session.in(stripe, sessionsBefore + sessions.size() + 1));
        }
        long[] starts = blocks.stream().flatMapToLong(Arrays::stream).toArray();
        return new IndexFile.Directory(last[0], last[1], last[2], new Blocks(starts), sessions, 0);
    }

    /** What the notes tell of a session; the check is null if only the places of its records are known. */
    private record Told(
            long id,
            long firstPosition,
            long lastPosition,
            BlockRuns runs,
            SessionCheck.@Nullable Snapshot check,
            SessionFacts facts) {

        IndexedSession in(JournalStripe stripe, int number) {
            SessionCheck followed = check == null ? new SessionCheck(id, false) : new SessionCheck(id, false, check);
            ScannedSession scanned = new ScannedSession(number, id, stripe, firstPosition, false, followed);
            scanned.reaches(lastPosition);
            IndexedSession session = new IndexedSession(scanned);
            session.runs(runs);
            session.unread(check == null);
            session.facts(facts);
            return session;
        }
    }

    private static @Nullable DataInputStream page(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int checksum = in.readInt();
            if (length < 0 || length > PAGE_BYTES_MAX) {
                return null;
            }
            byte[] bytes = in.readNBytes(length);
            return bytes.length == length && IndexFile.checksum(bytes) == checksum
                    ? new DataInputStream(new ByteArrayInputStream(bytes))
                    : null;
        } catch (EOFException e) {
            return null;
        }
    }

    private static long[] starts(DataInputStream page) throws IOException {
        long[] starts = new long[page.readInt()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = page.readLong();
        }
        return starts;
    }

    private static List<Told> sessions(DataInputStream page) throws IOException {
        List<Told> sessions = new ArrayList<>();
        for (int i = page.readInt(); i > 0; i--) {
            long id = page.readLong();
            long first = page.readLong();
            long last = page.readLong();
            BlockRuns runs = BlockRuns.read(page);
            if (page.readBoolean()) {
                SessionCheck.Snapshot check = IndexForm.read(id, page);
                SessionFacts facts =
                        new SessionFacts(IndexForm.text(page), IndexForm.text(page), page.readLong(), page.readLong());
                sessions.add(new Told(id, first, last, runs, check, facts));
            } else {
                sessions.add(new Told(id, first, last, runs, null, NOTHING));
            }
        }
        return sessions;
    }
}
