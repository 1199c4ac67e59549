package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.index.NotesFile;
import org.pgreel.recorder.index.StripeNotes;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalWriteException;
import org.pgreel.recorder.journal.SessionEnd;
import org.pgreel.recorder.journal.StripeRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to one Chronicle Queue that was made for this purpose and that nobody else appends to.
 *
 * <p>The queue's clock stands still, so that it never rolls and a clock that is set back cannot make it append to the
 * past. Safe for use by many threads: a lock is held for the copy alone.
 */
final class QueueAppender {

    private static final Logger LOG = LoggerFactory.getLogger(QueueAppender.class);

    /** With an overlap of a quarter the first file is 5 MiB long, and records of up to 1 MiB fit. */
    private static final int BLOCK_BYTES = 4 << 20;

    /** Small, because a run is read from its beginning: 64 entries of 64 pages index 4,096 records of 65,536 each. */
    private static final int INDEX_COUNT = 64;

    private static final int INDEX_SPACING = 1 << 16;

    /** Room for the word of an excerpt, its padding and a page of the index. */
    private static final int OVERHEAD_BYTES = 4096;

    /** Chronicle maps stretches that begin at multiples of {@link #BLOCK_BYTES} and end a quarter behind the next. */
    private static final int STRETCH_BYTES = BLOCK_BYTES / 4;

    /** Kept back for records that end the recording of a session when the disk is full. */
    private static final int KEPT_BACK_BYTES = 256 * 1024;

    private static final String METADATA_FILE = "metadata.cq4t";

    /** What must be free before a queue is made: its metadata and the beginning of its first file. */
    private static final int BYTES_TO_OPEN = 2 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final SizeBudget budget;
    private final ReservedSpace space;
    private final @Nullable RunClock clock;
    private final byte[] header = new byte[RecordHeader.BYTES_MAX];
    private final CRC32C checksum = new CRC32C();
    private final Path file;
    private final StripeNotes notes = new StripeNotes();
    private final Path notesFile;
    private boolean notable = true;
    private long firstRecordAt;
    private long nextNumber;
    private long end;
    private boolean closed;
    private @Nullable Throwable broken;

    private QueueAppender(
            Path directory,
            SingleChronicleQueue queue,
            SizeBudget budget,
            @Nullable RunClock clock,
            @Nullable SpaceAhead ahead)
            throws IOException {
        this.clock = clock;
        this.directory = directory;
        this.notesFile = QueueStripe.notesBeside(directory);
        this.queue = queue;
        this.budget = budget;
        this.appender = queue.createAppender();
        // Its threads differ, one at a time; the lock sees to that.
        appender.singleThreadedCheckDisabled(true);
        write(RecordHeader.NO_SESSION, Journal.NO_RECORD, new byte[0], 0, 0);
        firstRecordAt = end - RecordHeader.BYTES - QueueFileReader.WORD_BYTES;
        this.file = onlyFile();
        this.space = ReservedSpace.in(file, end, budget, ahead);
        try {
            space.reserveTo(end + KEPT_BACK_BYTES + OVERHEAD_BYTES);
            makePrivate();
        } catch (IOException e) {
            space.close();
            throw e;
        }
    }

    /**
     * Makes a queue in a directory that does not exist yet, as a part of a journal that has a limit.
     *
     * @param clock gives each record its time; null if no others are written at its side
     * @param ahead reserves space ahead if it grows fast; null if nobody does
     */
    static QueueAppender create(
            Path directory,
            long wallClockMillis,
            SizeBudget budget,
            @Nullable RunClock clock,
            @Nullable SpaceAhead ahead)
            throws IOException {
        PrivateFiles.createDirectory(directory);
        proveRoom(directory);
        SingleChronicleQueue queue = null;
        try {
            queue = SingleChronicleQueueBuilder.binary(directory.toFile())
                    .rollCycle(LargeRollCycles.LARGE_DAILY)
                    .blockSize(BLOCK_BYTES)
                    .indexCount(INDEX_COUNT)
                    .indexSpacing(INDEX_SPACING)
                    .timeProvider(() -> wallClockMillis)
                    .build();
            return new QueueAppender(directory, queue, budget, clock, ahead);
        } catch (IOException | RuntimeException | InternalError e) {
            if (queue != null) {
                queue.close();
            }
            throw e instanceof IOException io ? io : new IOException("Chronicle Queue cannot be opened: " + e, e);
        }
    }

    /** Fails with an I/O error where Chronicle Queue would meet a fault of memory. */
    private static void proveRoom(Path directory) throws IOException {
        Path probe = directory.resolve("room.probe");
        try {
            Files.createFile(probe);
            try (ReservedSpace room = ReservedSpace.in(probe, 0, new SizeBudget(Long.MAX_VALUE), null)) {
                room.reserveTo(BYTES_TO_OPEN);
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files =
                    entries.filter(entry -> entry.toString().endsWith(".cq4")).toList();
            if (files.size() != 1) {
                throw new IOException("a new queue has " + files.size() + " files");
            }
            return files.get(0);
        }
    }

    private void makePrivate() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                PrivateFiles.makePrivate(entry);
            }
        }
    }

    /** Returns how many bytes were written. */
    long bytes() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many records the queue holds. */
    long recordCount() {
        return nextNumber;
    }

    /**
     * Appends a record.
     *
     * @param last whether it may use the space that is kept back
     * @return its number
     */
    long append(long session, long previous, byte[] buffer, int from, int to, boolean last) {
        try {
            return appendNow(session, previous, buffer, from, to, last);
        } catch (SizeBudget.Exhausted e) {
            // Not under the lock: to make room means to look at this very queue, too.
            budget.makeRoom(e.wanted());
        } catch (IOException e) {
            throw JournalDirectory.cannotCreate(directory, e);
        }
        try {
            return appendNow(session, previous, buffer, from, to, last);
        } catch (SizeBudget.Exhausted e) {
            throw new JournalWriteException(
                    "The journal cannot be written: " + e.getMessage()
                            + ", and nothing that is over is left to retire; raise the limit.",
                    e);
        } catch (IOException e) {
            throw JournalDirectory.cannotCreate(directory, e);
        }
    }

    private long appendNow(long session, long previous, byte[] buffer, int from, int to, boolean last)
            throws IOException {
        lock.lock();
        try {
            requireUsable();
            long need = end + RecordHeader.BYTES_MAX + (to - from) + OVERHEAD_BYTES;
            space.reserveTo(last ? need : need + KEPT_BACK_BYTES);
            return mayMap(need)
                    ? writeAndMap(session, previous, buffer, from, to)
                    : write(session, previous, buffer, from, to);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether Chronicle may map a further stretch of the file to write up to there; a few times too often. */
    private boolean mayMap(long need) {
        return (end - OVERHEAD_BYTES) / STRETCH_BYTES != need / STRETCH_BYTES;
    }

    private long writeAndMap(long session, long previous, byte[] buffer, int from, int to) throws IOException {
        space.holdLength();
        try {
            return write(session, previous, buffer, from, to);
        } finally {
            space.goOn();
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new JournalWriteException("The journal " + directory + " is closed.", null);
        }
        Throwable cause = broken;
        if (cause != null) {
            throw new JournalWriteException(
                    "The journal " + directory + " cannot be appended to any more: " + cause + ".", cause);
        }
    }

    private long write(long session, long previous, byte[] buffer, int from, int to) throws IOException {
        long number = nextNumber;
        // The record that begins the stripe is none that anybody reads, so it has no time.
        long time = clock == null || session == RecordHeader.NO_SESSION ? StripeRecord.NO_CLOCK : clock.tick();
        int headerBytes = RecordHeader.write(header, number, session, previous, time, checksum);
        try (DocumentContext document = appender.writingDocument()) {
            try {
                Bytes<?> bytes = document.wire().bytes();
                long start = bytes.writePosition();
                bytes.write(header, 0, headerBytes);
                bytes.write(buffer, from, to - from);
                end = (start + headerBytes + (to - from) + 3) & ~3L;
                if (session != RecordHeader.NO_SESSION) {
                    notes.record(session, start - QueueFileReader.WORD_BYTES, number, to - from);
                }
            } catch (RuntimeException | Error e) {
                // Otherwise closing would commit the half of a record.
                document.rollbackOnClose();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            broken = e;
            throw new IOException(e.toString(), e);
        }
        nextNumber = number + 1;
        return number;
    }

    /** Hears that nothing more comes of a session. */
    void ended(long session, @Nullable SessionEnd how) {
        lock.lock();
        try {
            notes.ended(session, how);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes down where the records of the sessions lie, if much has come since it was last done. Not for hot paths. When it
     * returns, all records are there that had got their time when it was called.
     */
    void note() {
        StripeNotes.Page page;
        lock.lock();
        try {
            page = notes.pageIfDue(end);
        } finally {
            lock.unlock();
        }
        write(page);
    }

    private synchronized void write(StripeNotes.@Nullable Page page) {
        if (page == null || !notable) {
            return;
        }
        try {
            NotesFile.append(notesFile, page);
        } catch (IOException e) {
            // A page that is missing would make those behind it wrong; readers find out all by themselves.
            notable = false;
            LOG.debug("{} cannot be written: {}", notesFile, e.toString());
        }
    }

    /**
     * Closes the queue, cuts its file to what was written and removes Chronicle's metadata, which nobody needs any more.
     *
     * @return the seal of the file's beginning, by which a change in it can be found
     */
    Optional<String> close() throws IOException {
        lock.lock();
        try {
            if (closed || broken != null) {
                return Optional.empty();
            }
            closed = true;
            appender.close();
            queue.close();
            space.giveBackFrom(end);
            space.close();
            write(notes.lastPage(end));
            Files.deleteIfExists(directory.resolve(METADATA_FILE));
            return Optional.of(FileSeal.of(file, firstRecordAt));
        } finally {
            lock.unlock();
        }
    }
}
