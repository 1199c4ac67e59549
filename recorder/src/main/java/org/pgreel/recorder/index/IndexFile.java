package org.pgreel.recorder.index;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.verify.ScannedSession;
import org.pgreel.recorder.verify.SessionCheck;

/**
 * The file of an index.
 *
 * <pre>
 *  magic(8) snapshot … directory length(4) CRC32C(4) magic(8)
 * </pre>
 *
 * <p>The directory tells how far the stripe was read, where its blocks begin, and of each session what is known; the
 * snapshots lie where its marks say. A file is written beside and moved to its name when it is complete, so a reader sees
 * a whole one or none. Its first magic holds the version.
 */
final class IndexFile {

    /** The last byte is the version of the form. */
    private static final byte[] MAGIC = "PgReelI\u0001".getBytes(StandardCharsets.ISO_8859_1);

    private static final int TRAILER_BYTES = 8 + 8;
    private static final int DIRECTORY_BYTES_MAX = 1 << 28;

    /**
     * What a directory says.
     *
     * @param lastPosition where the last record that was read lies
     * @param lastNumber its number
     * @param coveredBytes the size of the stripe when it was read
     * @param blocks where the blocks begin
     * @param sessions what is known of each session
     * @param directoryAt where the directory begins, behind the snapshots; 0 if there is no file
     */
    record Directory(
            long lastPosition,
            long lastNumber,
            long coveredBytes,
            Blocks blocks,
            List<IndexedSession> sessions,
            long directoryAt) {

        /** Returns the same with the marks that an index has. */
        Directory withMarksOf(Directory index) {
            Map<Long, IndexedSession> marked = new HashMap<>();
            index.sessions().forEach(session -> marked.put(session.session().id(), session));
            for (IndexedSession session : sessions) {
                IndexedSession known = marked.get(session.session().id());
                if (known != null) {
                    session.marks().addAll(known.marks());
                }
            }
            return new Directory(lastPosition, lastNumber, coveredBytes, blocks, sessions, index.directoryAt());
        }
    }

    private IndexFile() {}

    /** Reads the directory; null if there is none that can be believed. */
    static @Nullable Directory read(Path file, JournalStripe stripe, int sessionsBefore) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size() - TRAILER_BYTES;
            if (end < MAGIC.length) {
                return null;
            }
            ByteBuffer trailer = ByteBuffer.wrap(read(channel, end, TRAILER_BYTES));
            int length = trailer.getInt();
            int checksum = trailer.getInt();
            byte[] magic = new byte[MAGIC.length];
            trailer.get(magic);
            if (!Arrays.equals(magic, MAGIC)
                    || length < 0
                    || length > DIRECTORY_BYTES_MAX
                    || length > end - MAGIC.length) {
                return null;
            }
            byte[] directory = read(channel, end - length, length);
            return checksum(directory) == checksum ? directory(directory, stripe, sessionsBefore, end - length) : null;
        } catch (IOException | IllegalArgumentException e) {
            // Whatever is wrong with it, it can be made again.
            return null;
        }
    }

    /** Reads the snapshot of a mark; null if it is not as it was written. */
    static byte @Nullable [] snapshot(Path file, Mark mark) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] bytes = read(channel, mark.snapshotAt(), mark.snapshotLength());
            return checksum(bytes) == mark.checksum() ? bytes : null;
        } catch (IOException e) {
            return null;
        }
    }

    static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static byte[] read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            if (channel.read(target, at + target.position()) < 0) {
                throw new IOException("the index ends too soon");
            }
        }
        return target.array();
    }

    private static Directory directory(byte[] bytes, JournalStripe stripe, int sessionsBefore, long at)
            throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new ByteArrayInputStream(bytes)));
        long lastPosition = in.readLong();
        long lastNumber = in.readLong();
        long coveredBytes = in.readLong();
        long[] blocks = new long[in.readInt()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = in.readLong();
        }
        List<IndexedSession> sessions = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            sessions.add(session(in, stripe, sessionsBefore + sessions.size() + 1));
        }
        return new Directory(lastPosition, lastNumber, coveredBytes, new Blocks(blocks), sessions, at);
    }

    private static IndexedSession session(DataInputStream in, JournalStripe stripe, int number) throws IOException {
        long id = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        boolean beginningRetired = in.readBoolean();
        SessionCheck check = new SessionCheck(id, beginningRetired, IndexForm.read(id, in));
        ScannedSession scanned = new ScannedSession(number, id, stripe, first, beginningRetired, check);
        scanned.reaches(last);
        IndexedSession session = new IndexedSession(scanned);
        session.facts(new SessionFacts(IndexForm.text(in), IndexForm.text(in), in.readLong(), in.readLong()));
        session.runs(BlockRuns.read(in));
        for (int i = in.readInt(); i > 0; i--) {
            session.marks()
                    .add(new Mark(
                            in.readLong(),
                            in.readLong(),
                            IndexForm.read(id, in),
                            in.readLong(),
                            in.readInt(),
                            in.readInt()));
        }
        return session;
    }

    private static byte[] bytes(Directory directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(directory.lastPosition());
        out.writeLong(directory.lastNumber());
        out.writeLong(directory.coveredBytes());
        long[] starts = directory.blocks().starts();
        out.writeInt(starts.length);
        for (long start : starts) {
            out.writeLong(start);
        }
        out.writeInt(directory.sessions().size());
        for (IndexedSession session : directory.sessions()) {
            write(session, out);
        }
        return bytes.toByteArray();
    }

    private static void write(IndexedSession session, DataOutputStream out) throws IOException {
        ScannedSession scanned = session.session();
        out.writeLong(scanned.id());
        out.writeLong(scanned.firstPosition());
        out.writeLong(scanned.lastPosition());
        out.writeBoolean(scanned.beginningRetired());
        IndexForm.write(scanned.check().snapshot(), out);
        IndexForm.text(session.facts().user(), out);
        IndexForm.text(session.facts().database(), out);
        out.writeLong(session.facts().statements());
        out.writeLong(session.facts().messages());
        session.runs().write(out);
        out.writeInt(session.marks().size());
        for (Mark mark : session.marks()) {
            out.writeLong(mark.position());
            out.writeLong(mark.messages());
            IndexForm.write(mark.check(), out);
            out.writeLong(mark.snapshotAt());
            out.writeInt(mark.snapshotLength());
            out.writeInt(mark.checksum());
        }
    }

    /** A file that is being written. Snapshots are added one by one, so that none is held in memory. */
    static final class Draft implements AutoCloseable {

        private final Path target;
        private final Path draft;
        private final RandomAccessFile out;

        private Draft(Path target, Path draft) throws IOException {
            this.target = target;
            this.draft = draft;
            this.out = new RandomAccessFile(draft.toFile(), "rw");
        }

        /**
         * Begins a file.
         *
         * @param before the directory of the file that it replaces, whose snapshots it keeps; null if there is none
         */
        static Draft begin(Path target, @Nullable Directory before) throws IOException {
            Path directory = target.toAbsolutePath().getParent();
            Draft draft = new Draft(target, Files.createTempFile(directory, target.getFileName() + ".", ".unfinished"));
            if (before == null || before.directoryAt() == 0) {
                draft.out.write(MAGIC);
            } else {
                try (FileChannel old = FileChannel.open(target, StandardOpenOption.READ)) {
                    old.transferTo(0, before.directoryAt(), draft.out.getChannel());
                }
                draft.out.seek(before.directoryAt());
            }
            return draft;
        }

        /** Adds a snapshot and returns where it lies. */
        long add(byte[] snapshot) throws IOException {
            long at = out.getFilePointer();
            out.write(snapshot);
            return at;
        }

        /** Ends the file and gives it its name; returns what stands in it. */
        Directory finish(Directory told) throws IOException {
            long directoryAt = out.getFilePointer();
            byte[] directory = bytes(told);
            out.write(directory);
            out.writeInt(directory.length);
            out.writeInt(checksum(directory));
            out.write(MAGIC);
            out.close();
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Directory(
                    told.lastPosition(),
                    told.lastNumber(),
                    told.coveredBytes(),
                    told.blocks(),
                    told.sessions(),
                    directoryAt);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(draft);
        }
    }
}
