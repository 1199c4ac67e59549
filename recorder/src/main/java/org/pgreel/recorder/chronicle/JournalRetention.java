package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalWriteException;

/**
 * Retires what a journal need not keep any longer: files that are over, oldest first, in runs that ended and in the one
 * that asks. A session lies within one file, so none loses its beginning. What is retired is logged; see
 * {@link RetiredLog}. The run of another process that lives is never touched.
 */
public final class JournalRetention {

    private final Path journal;
    private final Instant now;
    private final Consumer<String> notices;

    /**
     * Looks after a journal.
     *
     * @param journal its directory
     * @param now the time of day
     * @param notices told, in a sentence, of what is retired
     */
    JournalRetention(Path journal, Instant now, Consumer<String> notices) {
        this.journal = journal;
        this.now = now;
        this.notices = notices;
    }

    /**
     * Retires files until what is over fits a size.
     *
     * @param directory the journal's directory; nothing happens if there is none
     * @param bytesMax how many bytes the files that are over may take
     * @return how many were retired
     * @throws JournalReadException if the journal cannot be read
     * @throws JournalWriteException if a file cannot be removed
     */
    public static int toSize(Path directory, long bytesMax) {
        return apply(directory, JournalLimits.NONE.keepBytes(bytesMax), Instant.now());
    }

    /**
     * Retires the files that ended before a moment.
     *
     * @param directory the journal's directory; nothing happens if there is none
     * @param moment what ended before it is retired
     * @return how many were retired
     * @throws JournalReadException if the journal cannot be read
     * @throws JournalWriteException if a file cannot be removed
     */
    public static int endedBefore(Path directory, Instant moment) {
        return apply(directory, JournalLimits.NONE.keepFor(Duration.ZERO), moment);
    }

    /** Retires what nobody who records keeps. */
    private static int apply(Path directory, JournalLimits limits, Instant now) {
        if (!Files.exists(directory.resolve(JournalDirectory.FORMAT_FILE))) {
            return 0;
        }
        JournalRetention retention = new JournalRetention(directory, now, limits.notices());
        try {
            return retention.retire(limits, new SizeBudget(Long.MAX_VALUE), 0, null, ordinal -> {});
        } catch (IOException e) {
            throw new JournalWriteException(
                    "What is over in " + directory + " cannot be retired: " + e.getMessage() + ".", e);
        }
    }

    /** Says that a stripe of the run that asks will be gone. */
    interface Forgetting {
        void forget(int ordinal) throws IOException;
    }

    /**
     * Retires what the limits do not keep.
     *
     * @param budget told how much the files take that are not being written
     * @param wanted how many bytes are to be written next
     * @param own the run that asks; null if none does
     * @param forgetting told before a stripe of that run is removed
     * @return how many files were retired
     */
    int retire(JournalLimits limits, SizeBudget budget, long wanted, @Nullable RunDirectory own, Forgetting forgetting)
            throws IOException {
        List<Closed> over = over(own);
        long bytes = over.stream().mapToLong(Closed::bytes).sum();
        budget.others(bytes + bytesOfOthers(own));
        int retired = 0;
        for (Closed file : over) {
            String why = why(file, bytes, limits, budget, wanted);
            if (why.isEmpty()) {
                break;
            }
            retire(file, why, own, forgetting);
            bytes -= file.bytes();
            budget.others(bytes + bytesOfOthers(own));
            retired++;
        }
        return retired;
    }

    /** Tells why a file has to go; "" if it may stay. */
    private String why(Closed file, long bytes, JournalLimits limits, SizeBudget budget, long wanted) {
        Duration age = limits.keepFor();
        if (age != null && file.end().isBefore(now.minus(age))) {
            return "because it ended at " + file.end();
        }
        if (bytes > limits.keepBytes()) {
            return "to keep " + ByteSize.of(limits.keepBytes()) + " of what is over";
        }
        // A little ahead, so that nobody who appends has to wait for it.
        long ahead = Math.max(wanted, limits.fileBytesMax() / 2);
        return limits.bytesMax() != Long.MAX_VALUE && budget.left() < ahead
                ? "to keep the journal below " + ByteSize.of(limits.bytesMax())
                : "";
    }

    /**
     * A file of sessions that are all over.
     *
     * @param run its run
     * @param ordinal its stripe; -1 if the whole run is meant
     * @param bytes how many bytes it takes, with what is derived from it
     * @param end when it ended
     * @param sessions how many sessions it holds; -1 if that is not known
     */
    private record Closed(RunDirectory run, int ordinal, long bytes, Instant end, long sessions) {

        Path path() {
            return ordinal < 0 ? run.path() : run.stripe(ordinal);
        }
    }

    private List<Closed> over(@Nullable RunDirectory own) throws IOException {
        sweep(journal);
        List<Closed> over = new ArrayList<>();
        for (RunDirectory run : JournalDirectory.open(journal).runs()) {
            try {
                boolean asks = own != null && run.ordinal() == own.ordinal();
                if (asks || isOver(run)) {
                    over.addAll(closed(run, asks));
                }
            } catch (IOException e) {
                throw new JournalReadException(run.path() + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        over.sort(Comparator.comparing(Closed::end));
        return over;
    }

    private static List<Closed> closed(RunDirectory run, boolean alive) throws IOException {
        Map<String, String> properties = RunProperties.read(run.properties());
        BitSet retired = RetiredStripes.parse(properties.get(RetiredStripes.PROPERTY));
        int stripes = RunProperties.intact(properties) ? (int) number(properties, "stripes") : 1;
        if (!alive && stripes - retired.cardinality() <= 1) {
            int last = retired.nextClearBit(0);
            return List.of(new Closed(
                    run,
                    -1,
                    bytes(run.path()),
                    end(properties.get("ended"), run.path()),
                    number(properties, "sessions-" + last)));
        }
        List<Closed> closed = new ArrayList<>();
        for (int i = retired.nextClearBit(0); i < stripes; i = retired.nextClearBit(i + 1)) {
            String ended = properties.get("ended-" + i);
            if (alive && ended == null) {
                continue;
            }
            long bytes = 0;
            for (Path part : StripeFiles.of(run, i)) {
                bytes += bytes(part);
            }
            closed.add(new Closed(run, i, bytes, end(ended, run.stripe(i)), number(properties, "sessions-" + i)));
        }
        return closed;
    }

    private static long number(Map<String, String> properties, String name) {
        try {
            return Long.parseLong(properties.getOrDefault(name, "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The lock falls with its process; one that is just beginning has not written its properties. */
    private static boolean isOver(RunDirectory run) throws IOException {
        Path lockFile = run.path().resolve(RunDirectory.LOCK_FILE);
        // To close a channel of a file gives up every lock that this process has on it, so it must not be opened twice.
        if (RunLock.isHeldHere(run) || !Files.exists(run.properties()) || !Files.exists(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Instant end(@Nullable String told, Path path) throws IOException {
        if (told != null) {
            try {
                return Instant.parse(told);
            } catch (DateTimeException e) {
                // Somebody changed it; then the file's own time counts.
                return modified(path);
            }
        }
        return modified(path);
    }

    private static Instant modified(Path path) throws IOException {
        Instant last = Instant.EPOCH;
        for (Path file : StripeFiles.within(path)) {
            Instant time = Files.getLastModifiedTime(file).toInstant();
            last = time.isAfter(last) ? time : last;
        }
        return last;
    }

    private static long bytes(Path path) throws IOException {
        long bytes = 0;
        for (Path file : StripeFiles.within(path)) {
            try {
                bytes += Files.size(file);
            } catch (NoSuchFileException e) {
                // A reader replaced what it keeps beside the journal.
                bytes += 0;
            }
        }
        return bytes;
    }

    /** Returns what the runs of other processes take that are being written. */
    private long bytesOfOthers(@Nullable RunDirectory own) throws IOException {
        long bytes = 0;
        for (RunDirectory run : JournalDirectory.open(journal).runs()) {
            if ((own == null || run.ordinal() != own.ordinal()) && !isOver(run)) {
                bytes += bytes(run.path());
            }
        }
        return bytes;
    }

    private void retire(Closed file, String why, @Nullable RunDirectory own, Forgetting forgetting) throws IOException {
        String name = journal.relativize(file.path()).toString();
        RetiredLog.add(journal, now, name, file.sessions(), file.bytes(), why);
        if (file.ordinal() < 0) {
            remove(file.run());
        } else if (own != null && file.run().ordinal() == own.ordinal()) {
            forgetting.forget(file.ordinal());
            StripeFiles.remove(file.run(), file.ordinal());
        } else if (StripeFiles.forget(file.run(), file.ordinal())) {
            StripeFiles.remove(file.run(), file.ordinal());
        } else {
            remove(file.run());
        }
        String sessions =
                file.sessions() < 0 ? "" : file.sessions() == 1 ? "1 session, " : file.sessions() + " sessions, ";
        notices.accept("retired " + file.path() + " (" + sessions + ByteSize.of(file.bytes()) + ") " + why);
    }

    /** Takes a run out of the journal at once, by its name, then removes its files. */
    private static void remove(RunDirectory run) throws IOException {
        Path retired =
                run.path().resolveSibling(StripeFiles.RETIRED + run.path().getFileName());
        Files.move(run.path(), retired);
        StripeFiles.remove(retired);
    }

    /** Removes what is left of what was retired by a process that did not come to its end. */
    private static void sweep(Path journal) throws IOException {
        for (Path path : StripeFiles.entries(journal)) {
            if (path.getFileName().toString().startsWith(StripeFiles.RETIRED)) {
                StripeFiles.remove(path);
            }
        }
    }
}
