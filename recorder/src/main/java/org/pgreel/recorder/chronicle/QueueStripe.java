package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeGroup;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * The directory of one Chronicle Queue, as a reader sees it.
 *
 * @param directory where it is
 * @param recordCount how many records it held when its run ended cleanly, or {@link #COUNT_UNKNOWN}
 * @param seal the seal of its file's beginning; null if its run did not end cleanly
 * @param runComplaint what is wrong with what is told of the run, as a sentence; null if nothing is
 * @param group the stripes that were written beside it; null if none were
 */
record QueueStripe(
        Path directory,
        long recordCount,
        @Nullable String seal,
        @Nullable String runComplaint,
        @Nullable StripeGroup group)
        implements JournalStripe {

    /** The run did not end cleanly, or not yet. */
    static final long COUNT_UNKNOWN = -1;

    @Override
    public String name() {
        return directory.toString();
    }

    /** The first record says that the run began. */
    @Override
    public long firstNumber() {
        return 1;
    }

    @Override
    public long sizeBytes() {
        long bytes = 0;
        for (Path file : files()) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                // A reader of it will say what is wrong with it.
                bytes += 0;
            }
        }
        return bytes;
    }

    @Override
    public Path derived() {
        return indexBeside(directory);
    }

    @Override
    public Path notes() {
        return notesBeside(directory);
    }

    static Path indexBeside(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".index");
    }

    static Path notesBeside(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".notes");
    }

    @Override
    public StripeReader read(long position) {
        List<Path> files = files();
        return new QueueFileReader(files, position, recordCount, position == 0 ? complaint(files) : null);
    }

    /** Returns whether any record of a session can be read; the one that says that the run began is none. */
    boolean holdsSessions() {
        try (StripeReader reader = read()) {
            for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry instanceof StripeRecord) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns what is wrong around the records, as a sentence; null if nothing is. */
    private @Nullable String complaint(List<Path> files) {
        if (runComplaint != null) {
            return runComplaint;
        }
        try {
            String expected = seal;
            if (expected != null && !files.isEmpty() && !FileSeal.holds(files.get(0), expected)) {
                return "the beginning of " + files.get(0).getFileName() + ", before its first record, was changed";
            }
        } catch (IOException e) {
            return "the beginning of " + files.get(0).getFileName() + " cannot be read: " + e.getMessage();
        }
        return null;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> entry.getFileName().toString().endsWith(".cq4"))
                    .forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        } catch (IOException e) {
            throw new JournalReadException(
                    "The journal's " + directory + " cannot be read: " + e.getMessage() + ".", e);
        }
        // Their names are dates, so their order is that of time.
        Collections.sort(files);
        return files;
    }
}
