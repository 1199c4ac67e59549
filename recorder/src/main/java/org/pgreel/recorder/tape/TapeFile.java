package org.pgreel.recorder.tape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalReadException;

/**
 * What all readings of one tape share: its name in messages, and where its sessions begin, as far as some reading got.
 * Safe for use by many threads.
 */
final class TapeFile {

    /**
     * Where a session begins.
     *
     * @param offset the byte of the file at which reading has to begin
     * @param session the session's number
     * @param before how many lines of a text tape, or sessions of a binary one, begin before the offset
     */
    record Start(long offset, int session, long before) {}

    private final Path path;
    private final TreeMap<Long, Start> starts = new TreeMap<>();

    TapeFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    synchronized void begins(long record, Start start) {
        starts.putIfAbsent(record, start);
    }

    /** Returns where the session begins whose first record has that number. */
    synchronized Start at(long record) {
        Start start = starts.get(record);
        if (start == null) {
            throw new IllegalArgumentException("No session of " + path + " begins with record " + record);
        }
        return start;
    }

    /** Returns the failure that says where the tape is damaged. */
    JournalDamagedException damaged(String where, String what) {
        return new JournalDamagedException(path + ", " + where + ": " + what + ".", null);
    }

    JournalReadException unreadable(IOException cause) {
        String message = cause.getMessage();
        return new JournalReadException(
                "The tape " + path + " cannot be read: "
                        + (message == null ? cause.getClass().getSimpleName() : message) + ".",
                cause);
    }
}
