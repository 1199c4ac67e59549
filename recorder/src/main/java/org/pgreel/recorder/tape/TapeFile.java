package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.encryption.EncryptedFile;
import org.pgreel.recorder.encryption.EncryptedFileException;
import org.pgreel.recorder.encryption.TapeKeyException;
import org.pgreel.recorder.encryption.TapeKeys;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalException;
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
    private final @Nullable EncryptedFile encrypted;
    private final Set<Integer> edited = new TreeSet<>();
    private final TreeMap<Long, Start> starts = new TreeMap<>();

    private TapeFile(Path path, @Nullable EncryptedFile encrypted) {
        this.path = path;
        this.encrypted = encrypted;
    }

    /** Opens a tape, encrypted or not. */
    static TapeFile open(Path path, TapeKeys keys) {
        var plain = new TapeFile(path, null);
        try {
            return EncryptedFile.is(path) ? new TapeFile(path, EncryptedFile.open(path, keys)) : plain;
        } catch (TapeKeyException e) {
            throw new JournalReadException(String.valueOf(e.getMessage()), null);
        } catch (IOException e) {
            throw plain.unreadable(e);
        }
    }

    /** Begins to read at an offset of the tape, decrypted if need be. */
    InputStream read(long offset) throws IOException {
        if (encrypted != null) {
            return encrypted.read(offset);
        }
        InputStream in = Files.newInputStream(path);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    synchronized void begins(long record, Start start) {
        starts.putIfAbsent(record, start);
    }

    /** Says that a session's lines are not those that were written. */
    synchronized void edited(int session) {
        edited.add(session);
    }

    /** Returns the numbers of the sessions of which that was said so far. */
    synchronized Set<Integer> edited() {
        return Set.copyOf(edited);
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

    /** Returns the failure of a reading: damage if the tape is encrypted and shows it, an error of input otherwise. */
    JournalException unreadable(IOException cause) {
        if (cause instanceof EncryptedFileException) {
            return new JournalDamagedException("The tape " + path + " is damaged: " + cause.getMessage() + ".", cause);
        }
        String message = cause.getMessage();
        return new JournalReadException(
                "The tape " + path + " cannot be read: "
                        + (message == null ? cause.getClass().getSimpleName() : message) + ".",
                cause);
    }
}
