package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.JournalWriteException;
import org.pgreel.recorder.journal.NotAJournalException;

/**
 * The directory of a journal.
 *
 * <pre>
 *  journal.properties          the format's version
 *  run-000001/                 one process's use of the journal; it is never appended to by another
 *    run.properties            id, start, number of stripes; at a clean end also the end and the count of records
 *    lock                      locked as long as the process lives
 *    stripe-0/                 a Chronicle Queue
 * </pre>
 *
 * <p>A process that finds a journal adds a run beside those that are there, whether their processes ended, died or are
 * still at work; so nothing that was recorded is ever opened for writing again. Reading uses plain files and needs no
 * JVM flag. Immutable.
 */
public final class JournalDirectory implements JournalSource {

    static final String FORMAT_FILE = "journal.properties";
    static final int FORMAT = 1;
    private static final int RUNS_MAX = 999_999;

    private final Path directory;

    private JournalDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the directory of a journal for reading.
     *
     * @param directory the directory
     * @throws NotAJournalException if it is missing, or not the directory of a journal
     * @throws JournalDamagedException if it says itself that it is a journal, but not of which format
     * @throws JournalReadException if it cannot be read
     */
    public static JournalDirectory open(Path directory) {
        if (!Files.exists(directory)) {
            throw new NotAJournalException(
                    "There is no journal at " + directory + ": the directory does not exist.", null);
        }
        if (!Files.isDirectory(directory)) {
            throw new NotAJournalException(
                    directory + " is a file; a journal is a directory, such as \"pgreel record --journal\" makes.",
                    null);
        }
        Path format = directory.resolve(FORMAT_FILE);
        if (!Files.exists(format)) {
            throw new NotAJournalException(
                    directory + " is not a journal: it has no " + FORMAT_FILE
                            + "; name the directory that was given to \"pgreel record --journal\".",
                    null);
        }
        requireKnownFormat(directory, format);
        return new JournalDirectory(directory);
    }

    /** Opens the directory of a journal for appending, making it if it does not exist or is empty. */
    static JournalDirectory create(Path directory) {
        try {
            if (!Files.exists(directory)) {
                Path parent = directory.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                PrivateFiles.createDirectory(directory);
            }
            if (Files.isDirectory(directory) && !Files.exists(directory.resolve(FORMAT_FILE))) {
                requireEmpty(directory);
                PrivateFiles.write(directory.resolve(FORMAT_FILE), "format=" + FORMAT + "\n");
            }
        } catch (FileAlreadyExistsException e) {
            return open(directory);
        } catch (IOException e) {
            throw cannotCreate(directory, e);
        }
        return open(directory);
    }

    static JournalWriteException cannotCreate(Path directory, IOException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : reason(e);
        return new JournalWriteException(
                "The journal " + directory + " cannot be written: " + reason
                        + "; free space, or name another directory.",
                e);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static void requireEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            // A draft is what another process that makes this journal at the same moment has written so far.
            if (entries.anyMatch(entry -> !entry.getFileName().toString().startsWith(FORMAT_FILE))) {
                throw new NotAJournalException(
                        directory + " is not empty and not a journal, so nothing is written into it; name a missing or"
                                + " empty directory.",
                        null);
            }
        }
    }

    private static void requireKnownFormat(Path directory, Path file) {
        String version = RunProperties.read(file).get("format");
        if (version == null) {
            throw new JournalDamagedException(
                    "The journal " + directory + " is damaged: " + FORMAT_FILE
                            + " does not tell the format; restore it from" + " a copy.",
                    null);
        }
        if (!version.equals(Integer.toString(FORMAT))) {
            throw new NotAJournalException(
                    "The journal " + directory + " is of format " + version + ", and this program knows format "
                            + FORMAT + "; use the PgReel that recorded it.",
                    null);
        }
    }

    /** Makes the directory of a new run. */
    RunDirectory newRun() throws IOException {
        int next = 1;
        for (RunDirectory run : runs()) {
            next = Math.max(next, run.ordinal() + 1);
        }
        for (int ordinal = next; ordinal <= RUNS_MAX; ordinal++) {
            RunDirectory run = RunDirectory.of(directory, ordinal);
            try {
                PrivateFiles.createDirectory(run.path());
                return run;
            } catch (FileAlreadyExistsException e) {
                // Another process took the number at this very moment.
            }
        }
        throw new IOException("the journal has " + RUNS_MAX + " runs already");
    }

    /** Returns the runs, oldest first. */
    List<RunDirectory> runs() {
        List<RunDirectory> runs = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.map(RunDirectory::of).flatMap(Optional::stream).forEach(runs::add);
        } catch (IOException e) {
            throw new JournalReadException("The journal " + directory + " cannot be read: " + reason(e) + ".", e);
        }
        runs.sort(Comparator.comparingInt(RunDirectory::ordinal));
        return runs;
    }

    @Override
    public List<JournalStripe> stripes() {
        List<JournalStripe> stripes = new ArrayList<>();
        for (RunDirectory run : runs()) {
            stripes.addAll(run.stripes());
        }
        return stripes;
    }

    /** Returns where it is. */
    Path path() {
        return directory;
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
