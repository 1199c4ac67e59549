package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalWriteException;

/**
 * Retires what a journal need not keep any longer: whole runs that are over, oldest first. A session lies within one run,
 * so none loses its beginning. A run whose process lives is never touched.
 */
public final class JournalRetention {

    private static final String RETIRED = "retired-";

    private JournalRetention() {}

    /**
     * Retires runs until what is over fits a size.
     *
     * @param directory the journal's directory; nothing happens if there is none
     * @param bytesMax how many bytes the runs that are over may take
     * @return how many runs were retired
     * @throws JournalReadException if the journal cannot be read
     * @throws JournalWriteException if a run cannot be removed
     */
    public static int toSize(Path directory, long bytesMax) {
        List<Run> over = over(directory);
        long bytes = over.stream().mapToLong(Run::bytes).sum();
        int retired = 0;
        for (Run run : over) {
            if (bytes <= bytesMax) {
                break;
            }
            retire(run);
            bytes -= run.bytes();
            retired++;
        }
        return retired;
    }

    /**
     * Retires the runs that ended before a moment.
     *
     * @param directory the journal's directory; nothing happens if there is none
     * @param moment what ended before it is retired
     * @return how many runs were retired
     * @throws JournalReadException if the journal cannot be read
     * @throws JournalWriteException if a run cannot be removed
     */
    public static int endedBefore(Path directory, Instant moment) {
        int retired = 0;
        for (Run run : over(directory)) {
            if (run.end().isBefore(moment)) {
                retire(run);
                retired++;
            }
        }
        return retired;
    }

    /** A run whose process does not live any more. */
    private record Run(Path path, long bytes, Instant end) {}

    private static List<Run> over(Path directory) {
        List<Run> over = new ArrayList<>();
        if (!Files.exists(directory.resolve(JournalDirectory.FORMAT_FILE))) {
            return over;
        }
        try {
            sweep(directory);
        } catch (IOException e) {
            throw new JournalWriteException(
                    "What was retired from " + directory + " cannot be removed: " + e.getMessage() + ".", e);
        }
        for (RunDirectory run : JournalDirectory.open(directory).runs()) {
            try {
                if (isOver(run)) {
                    over.add(new Run(run.path(), bytes(run.path()), end(run)));
                }
            } catch (IOException e) {
                throw new JournalReadException(run.path() + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        return over;
    }

    /** The lock falls with its process; one that is just beginning has not written its properties. */
    private static boolean isOver(RunDirectory run) throws IOException {
        Path lockFile = run.path().resolve(RunDirectory.LOCK_FILE);
        if (!Files.exists(run.properties()) || !Files.exists(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // This very process records there.
            return false;
        }
    }

    private static Instant end(RunDirectory run) throws IOException {
        String ended = RunProperties.read(run.properties()).get("ended");
        if (ended != null) {
            try {
                return Instant.parse(ended);
            } catch (DateTimeException e) {
                // Somebody changed it; then the file's own time counts.
                return modified(run.path());
            }
        }
        return modified(run.path());
    }

    private static Instant modified(Path run) throws IOException {
        try (Stream<Path> paths = Files.walk(run)) {
            Instant last = Instant.EPOCH;
            for (Path path : paths.toList()) {
                Instant time = Files.getLastModifiedTime(path).toInstant();
                last = time.isAfter(last) ? time : last;
            }
            return last;
        }
    }

    private static long bytes(Path run) throws IOException {
        try (Stream<Path> paths = Files.walk(run)) {
            long bytes = 0;
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
            return bytes;
        }
    }

    /** Takes the run out of the journal at once, by its name, then removes its files. */
    private static void retire(Run run) {
        Path retired = run.path().resolveSibling(RETIRED + run.path().getFileName());
        try {
            Files.move(run.path(), retired);
            remove(retired);
        } catch (IOException e) {
            throw new JournalWriteException("The run " + run.path() + " cannot be retired: " + e.getMessage() + ".", e);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Removes what is left of runs whose retiring did not come to its end. */
    private static void sweep(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.filter(path -> path.getFileName().toString().startsWith(RETIRED))
                    .toList()) {
                remove(path);
            }
        }
    }
}
