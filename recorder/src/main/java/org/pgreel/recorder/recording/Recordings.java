package org.pgreel.recorder.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pgreel.recorder.chronicle.JournalDirectory;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.tape.TapeSource;
import org.pgreel.recorder.verify.JournalScan;

/** Opens recordings. Reading writes nothing, needs no JVM flag and never disturbs a program that is recording. */
public final class Recordings {

    private Recordings() {}

    /**
     * Opens the recording in a journal's directory or on a tape.
     *
     * @param directory the directory, or the tape's file
     * @return its sessions as they stand now
     * @throws org.pgreel.recorder.journal.NotAJournalException if there is neither a journal nor a tape
     * @throws JournalDamagedException if nothing of it can be read; the message says what is wrong
     * @throws org.pgreel.recorder.journal.JournalReadException if the files cannot be read
     */
    public static Recording open(Path directory) {
        if (Files.isRegularFile(directory)) {
            return of(TapeSource.open(directory));
        }
        JournalScan scan = JournalScan.of(JournalDirectory.open(directory));
        if (scan.sessions().isEmpty() && !scan.findings().isEmpty()) {
            throw new JournalDamagedException(
                    "Nothing can be read from the journal " + directory + ": "
                            + scan.findings().get(0) + "; restore it from a copy.",
                    null);
        }
        return new Recording(scan);
    }

    /**
     * Opens the recording in any journal.
     *
     * @param journal the journal; it may still be appended to
     * @return its sessions as they stand now
     */
    public static Recording of(JournalSource journal) {
        return new Recording(JournalScan.of(journal));
    }
}
