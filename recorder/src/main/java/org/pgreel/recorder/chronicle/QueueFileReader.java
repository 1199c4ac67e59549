package org.pgreel.recorder.chronicle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.StripeDamage;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * Reads the files of a Chronicle Queue without Chronicle Queue, whose own readers stop silently at a hole, wait eleven
 * seconds for an empty file and check nothing.
 *
 * <p>A file is a row of excerpts, each a little-endian word (two flags and a length) and as many bytes, filled up to a
 * multiple of four; its own header and index are excerpts with the flag "meta". The word of an excerpt is written twice:
 * with the flag "not complete" before its bytes, and without it after them. A zero word is the present end.
 *
 * <p>One read of a file that is being written may bring a word that is newer than the bytes behind it: the processor may copy a
 * stretch of memory in any order. So of a run that may still go on an excerpt counts only as read after its word was seen to be
 * complete.
 */
final class QueueFileReader implements StripeReader {

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META = 0x4000_0000;
    private static final int END_OF_FILE = NOT_COMPLETE | META;
    private static final int LENGTH_MASK = 0x3fff_ffff;
    static final int WORD_BYTES = 4;
    private static final int EXCERPT_BYTES_MAX = RecordHeader.BYTES_MAX + Journal.RECORD_BYTES_MAX;
    private static final int META_BYTES_MAX = 1 << 20;
    private static final int POSITION_BITS = 40;
    private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;
    private static final String[] META_NAMES = {"header", "index2index", "index"};
    private static final int META_NAME_CODE = 0xb9;

    private final List<Path> files;
    private final long recordCount;
    private @Nullable String complaint;
    private final CRC32C checksum = new CRC32C();
    private final Deque<StripeEntry> found = new ArrayDeque<>();

    private int file;
    private long at;
    private @Nullable FileWindow window;
    private long nextNumber;

    /** All excerpts of the file that begin before this were complete before the window was read. */
    private long confirmedTo;

    /** Of the last record, and so of those beside it: a run writes all of them alike. */
    private int headerBytesOfLast = RecordHeader.BYTES;

    private boolean afterDamage;
    private boolean endReported;

    /** Where nothing stood, nor anything behind it, when it was last looked at; a writer goes on there and nowhere else. */
    private long quietAt = -1;

    QueueFileReader(List<Path> files, long position, long recordCount, @Nullable String complaint) {
        this.files = files;
        this.recordCount = recordCount;
        this.complaint = complaint;
        this.file = (int) (position >>> POSITION_BITS);
        this.at = position & POSITION_MASK;
        // In the middle of a stripe any number may come first.
        this.nextNumber = position == 0 ? 0 : -1;
        if (files.isEmpty()) {
            damage(0, "and all others are missing: there is no file of the queue", null);
        }
    }

    @Override
    public @Nullable StripeEntry next() {
        while (found.isEmpty() && file < files.size()) {
            FileWindow current = window();
            if (at == 0 && !beginsAsQueue(current)) {
                continue;
            }
            if (!excerpt(current)) {
                return atEnd(current);
            }
        }
        return found.poll();
    }

    @Override
    public void close() {
        // Keeps nothing open.
    }

    private FileWindow window() {
        FileWindow current = window;
        if (current == null) {
            current = new FileWindow(files.get(file));
            window = current;
            confirmedTo = 0;
        }
        return current;
    }

    /** Checks the first excerpt of a file, which is Chronicle's own, and steps over it. */
    private boolean beginsAsQueue(FileWindow current) {
        current.forget();
        if (current.holds(0, WORD_BYTES)) {
            int word = current.word(0);
            long end = align(WORD_BYTES + (long) (word & LENGTH_MASK));
            if ((word & END_OF_FILE) == META && isMeta(current, 0, word)) {
                at = end;
                return true;
            }
        }
        String what = current.fileSize() == 0
                ? "and all others are missing: " + current.file().getFileName() + " is empty"
                : "is unreadable: " + current.file().getFileName() + " does not begin as a file of a journal";
        resumeAt(current, WORD_BYTES, what);
        return false;
    }

    /** Reads the excerpt at the present position, or skips what is none. Returns false at the end of what is written. */
    private boolean excerpt(FileWindow current) {
        if (at == quietAt && current.wordNow(at) == 0) {
            return false;
        }
        if (!current.holds(at, WORD_BYTES)) {
            return false;
        }
        int word = current.word(at);
        if (word == 0 || (word & NOT_COMPLETE) != 0) {
            return word != END_OF_FILE && behindTheEnd(current);
        }
        if (recordCount < 0 && at >= confirmedTo) {
            confirm(current);
            return true;
        }
        int length = word & LENGTH_MASK;
        if ((word & META) != 0) {
            if (!isMeta(current, at, word)) {
                resume(current, "is unreadable: its frame is damaged");
                return true;
            }
            return stepOver(current, length);
        }
        if (length < RecordHeader.BYTES || length > EXCERPT_BYTES_MAX || !current.holds(at, WORD_BYTES + length)) {
            resume(current, "is unreadable: its frame is damaged");
            return true;
        }
        int header = current.index(at + WORD_BYTES);
        int headerBytes = RecordHeader.bytesAt(current.buffer(), header, length, checksum);
        if (headerBytes == 0) {
            resume(current, "is unreadable: its header is damaged");
            return true;
        }
        record(current, header, headerBytes, length);
        return stepOver(current, length);
    }

    /** Notes how far the words in the window are complete, and reads it again. */
    private void confirm(FileWindow current) {
        long end = at;
        while (current.isThere(end, WORD_BYTES)) {
            int word = current.word(end);
            if (word == 0 || (word & NOT_COMPLETE) != 0) {
                break;
            }
            end = align(end + WORD_BYTES + (word & LENGTH_MASK));
        }
        confirmedTo = end;
        current.readAgain();
    }

    private void record(FileWindow current, int header, int headerBytes, int length) {
        byte[] buffer = current.buffer();
        headerBytesOfLast = headerBytes;
        long number = RecordHeader.number(buffer, header);
        boolean expected = nextNumber < 0 || number == nextNumber || (afterDamage && number == nextNumber - 1);
        if (!expected) {
            if (number > nextNumber) {
                damage(nextNumber, "and those before record " + number + " are missing", null);
            } else {
                damage(number, "comes a second time or out of place", null);
            }
        }
        nextNumber = Math.max(nextNumber, number + 1);
        afterDamage = false;
        long session = RecordHeader.session(buffer, header);
        if (session != RecordHeader.NO_SESSION) {
            byte[] events = Arrays.copyOfRange(buffer, header + headerBytes, header + length);
            long clock = RecordHeader.clock(buffer, header);
            found.add(new StripeRecord(position(), number, session, clock, events, 0, events.length));
        }
    }

    private boolean stepOver(FileWindow current, int length) {
        long end = at + WORD_BYTES + length;
        long next = align(end);
        if (current.holds(end, (int) (next - end))) {
            for (long i = end; i < next; i++) {
                if (current.buffer()[current.index(i)] != 0) {
                    damage(nextNumber, "follows bytes that belong to no record", null);
                    break;
                }
            }
        }
        at = next;
        return true;
    }

    /** Stands at a word that says "nothing here yet": true if records follow all the same. */
    private boolean behindTheEnd(FileWindow current) {
        // What was read may be older than what a program that is recording has written meanwhile.
        current.forget();
        if (!current.holds(at, WORD_BYTES)) {
            return false;
        }
        int word = current.word(at);
        if (word != 0 && (word & NOT_COMPLETE) == 0) {
            return true;
        }
        long next = nextRecord(current, at + WORD_BYTES);
        if (next < 0) {
            // A writer that was killed may leave the beginning of a record behind; one that ended leaves nothing.
            if (word == 0 && recordCount >= 0 && !endReported && !zeroFrom(current, at)) {
                endReported = true;
                damage(nextNumber, "would begin where bytes stand that belong to no record", null);
                return true;
            }
            quietAt = word == 0 ? at : -1;
            return false;
        }
        current.forget();
        if (current.holds(at, WORD_BYTES) && current.word(at) == word) {
            skipTo(
                    current,
                    next,
                    "is unreadable: there is a hole in " + current.file().getFileName());
        }
        return true;
    }

    private @Nullable StripeEntry atEnd(FileWindow current) {
        if (!found.isEmpty()) {
            return found.poll();
        }
        if (file + 1 < files.size()) {
            file++;
            at = 0;
            quietAt = -1;
            window = null;
            return next();
        }
        current.forget();
        if (recordCount >= 0 && recordCount < nextNumber && !endReported) {
            endReported = true;
            return new StripeDamage(recordCount, "and those behind it were not there when the run ended", null);
        }
        if (recordCount > nextNumber && nextNumber >= 0 && !endReported) {
            endReported = true;
            return new StripeDamage(
                    nextNumber, "and those up to " + (recordCount - 1) + " are missing: the file was cut", null);
        }
        String what = complaint;
        if (what != null) {
            complaint = null;
            return new StripeDamage(Journal.NO_RECORD, what, null);
        }
        return null;
    }

    private void resume(FileWindow current, String what) {
        resumeAt(current, at + WORD_BYTES, what);
    }

    private void resumeAt(FileWindow current, long from, String what) {
        long next = nextRecord(current, from);
        skipTo(current, next, what);
    }

    private void skipTo(FileWindow current, long next, String what) {
        damage(Math.max(nextNumber, 0), what, remains(current, next));
        if (nextNumber >= 0) {
            nextNumber++;
        }
        afterDamage = true;
        if (next >= 0) {
            at = next;
        } else {
            // Nothing more can be read from this file.
            file++;
            at = 0;
            window = null;
        }
    }

    /** Returns what stands where the events of a damaged record would. */
    private @Nullable StripeRecord remains(FileWindow current, long next) {
        long from = at + WORD_BYTES + headerBytesOfLast;
        long end = Math.min(next >= 0 ? next : Long.MAX_VALUE, from + Journal.RECORD_BYTES_MAX);
        if (!current.holds(at, WORD_BYTES)) {
            return null;
        }
        int length = (int) (Math.min(end, current.fileSize()) - from);
        if (length <= 0 || !current.holds(from, length)) {
            return null;
        }
        int index = current.index(from);
        byte[] bytes = Arrays.copyOfRange(current.buffer(), index, index + length);
        return new StripeRecord(position(), Math.max(nextNumber, 0), RecordHeader.NO_SESSION, bytes, 0, length);
    }

    private void damage(long record, String what, @Nullable StripeRecord remains) {
        found.add(new StripeDamage(record, what, remains));
    }

    /** Finds the next place from a position on where an undamaged record begins; -1 if there is none. */
    private long nextRecord(FileWindow current, long from) {
        for (long p = align(from); current.holds(p, WORD_BYTES + RecordHeader.BYTES); p += WORD_BYTES) {
            int word = current.word(p);
            if (word >= RecordHeader.BYTES
                    && word <= EXCERPT_BYTES_MAX
                    && current.holds(p, WORD_BYTES + Math.min(word, RecordHeader.BYTES_MAX))
                    && RecordHeader.bytesAt(current.buffer(), current.index(p + WORD_BYTES), word, checksum) > 0
                    && p + WORD_BYTES + word <= current.fileSize()) {
                return p;
            }
        }
        return -1;
    }

    private static boolean zeroFrom(FileWindow current, long from) {
        for (long p = from; current.holds(p, 1); p++) {
            if (current.buffer()[current.index(p)] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMeta(FileWindow current, long position, int word) {
        int length = word & LENGTH_MASK;
        if (length > META_BYTES_MAX || !current.holds(position, WORD_BYTES + length)) {
            return false;
        }
        int start = current.index(position + WORD_BYTES);
        for (String name : META_NAMES) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            if (length > bytes.length + 2
                    && (current.buffer()[start] & 0xff) == META_NAME_CODE
                    && current.buffer()[start + 1] == bytes.length
                    && Arrays.equals(bytes, 0, bytes.length, current.buffer(), start + 2, start + 2 + bytes.length)) {
                return true;
            }
        }
        return false;
    }

    private long position() {
        return ((long) file << POSITION_BITS) | at;
    }

    private static long align(long position) {
        return (position + 3) & ~3L;
    }
}
