package org.pgreel.recorder.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pgreel.recorder.chronicle.JournalDirectory;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.encryption.TapeKeys;
import org.pgreel.recorder.index.SessionFolding;
import org.pgreel.recorder.index.StripeIndex;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.tape.TapeSource;
import org.pgreel.recorder.verify.JournalScan;

/** Opens recordings. Reading writes nothing, needs no JVM flag and never disturbs a program that is recording. */
public final class Recordings {

    private Recordings() {}

    /**
     * Opens the recording in a journal's directory or on a tape. If the tape is encrypted, the environment gives its key, in
     * {@link TapeKey#VARIABLE}.
     *
     * @param directory the directory, or the tape's file
     * @return its sessions as they stand now
     * @throws org.pgreel.recorder.journal.NotAJournalException if there is neither a journal nor a tape
     * @throws JournalDamagedException if nothing of it can be read; the message says what is wrong
     * @throws org.pgreel.recorder.journal.JournalReadException if the files cannot be read
     */
    public static Recording open(Path directory) {
        return open(directory, TapeKeys.ENVIRONMENT, ReadingProgress.NONE);
    }

    /**
     * Opens a recording as {@link #open(Path)} does, and says how far it is.
     *
     * @param directory the directory, or the tape's file
     * @param keys who gives the key if it is an encrypted tape
     * @param progress told how much is read; of a tape nothing
     */
    public static Recording open(Path directory, TapeKeys keys, ReadingProgress progress) {
        if (Files.isRegularFile(directory)) {
            return of(TapeSource.open(directory, keys));
        }
        JournalDirectory journal = JournalDirectory.open(directory);
        progress.begins(sizeOf(journal));
        JournalScan scan = JournalScan.of(journal, progress::read);
        requireReadable(directory, scan);
        return new Recording(scan, List.of(), Set.of());
    }

    /**
     * Opens a recording by the index beside it, as far as that goes, and makes the index or a longer one if it is worth it
     * and may be written. What the index tells was checked when it was made; events are checked again as they are read. So
     * this is for looking into a long recording; {@link #open(Path)} checks all of it.
     *
     * @param directory the directory, or the tape's file, which has no index
     * @param keys who gives the key if it is an encrypted tape
     * @param maker folds sessions into what the index keeps
     * @param progress told how much is read
     */
    public static Recording openIndexed(
            Path directory, TapeKeys keys, SessionFolding.Maker maker, ReadingProgress progress) {
        if (Files.isRegularFile(directory)) {
            return of(TapeSource.open(directory, keys));
        }
        JournalDirectory journal = JournalDirectory.open(directory);
        progress.begins(sizeOf(journal));
        List<StripeIndex> indexes = new ArrayList<>();
        int sessions = 0;
        for (JournalStripe stripe : journal.stripes()) {
            StripeIndex index = StripeIndex.of(stripe, sessions, maker, progress::read);
            sessions += index.scan().sessions().size();
            indexes.add(index);
        }
        JournalScan scan =
                JournalScan.of(journal, indexes.stream().map(StripeIndex::scan).toList());
        requireReadable(directory, scan);
        return new Recording(scan, indexes, Set.of());
    }

    /** As the other, with the environment's key. */
    public static Recording openIndexed(Path directory, SessionFolding.Maker maker, ReadingProgress progress) {
        return openIndexed(directory, TapeKeys.ENVIRONMENT, maker, progress);
    }

    private static Recording of(TapeSource tape) {
        // Whether a session was edited is known when it was read to its end.
        JournalScan scan = JournalScan.of(tape);
        return new Recording(scan, List.of(), tape.edited());
    }

    private static long sizeOf(JournalSource journal) {
        return journal.stripes().stream().mapToLong(JournalStripe::sizeBytes).sum();
    }

    private static void requireReadable(Path directory, JournalScan scan) {
        if (scan.sessions().isEmpty() && !scan.findings().isEmpty()) {
            throw new JournalDamagedException(
                    "Nothing can be read from the journal " + directory + ": "
                            + scan.findings().get(0) + "; restore it from a copy.",
                    null);
        }
    }

    /**
     * Opens the recording in any journal.
     *
     * @param journal the journal; it may still be appended to
     * @return its sessions as they stand now
     */
    public static Recording of(JournalSource journal) {
        return new Recording(JournalScan.of(journal), List.of(), Set.of());
    }
}
