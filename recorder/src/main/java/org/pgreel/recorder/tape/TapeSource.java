package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pgreel.recorder.encryption.EncryptedFile;
import org.pgreel.recorder.encryption.TapeKeys;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.NotAJournalException;
import org.pgreel.recorder.journal.StripeReader;

/**
 * A tape as readers of journals see it: one stripe, session behind session. Reading needs neither Chronicle Queue nor any
 * flag of the JVM. Immutable; safe for use by many threads.
 */
public final class TapeSource implements JournalSource {

    private final TapeFile file;
    private final TapeForm form;

    private TapeSource(TapeFile file, TapeForm form) {
        this.file = file;
        this.form = form;
    }

    /**
     * Opens a tape; one in binary form is read whole and compared with its own hash.
     *
     * @param path the file
     * @param keys who gives the key if it is encrypted
     * @throws NotAJournalException if it is no tape
     * @throws org.pgreel.recorder.journal.JournalDamagedException if it is not as it was written; the message names file
     *     and position
     * @throws org.pgreel.recorder.journal.JournalReadException if it cannot be read, or there is no key that fits
     */
    public static TapeSource open(Path path, TapeKeys keys) {
        TapeFile file = TapeFile.open(path, keys);
        try {
            TapeForm form;
            try (InputStream in = file.read(0)) {
                form = TapeForm.of(in);
            }
            if (form == null) {
                throw new NotAJournalException(
                        path + " is no tape; name a journal's directory, a .tape or a text tape (.pgreel).", null);
            }
            if (form == TapeForm.BINARY) {
                BinaryTapeCheck.check(file);
            }
            return new TapeSource(file, form);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /**
     * Tells whether a file is a tape, encrypted or not.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isTape(Path path) throws IOException {
        return EncryptedFile.is(path) || TapeForm.of(path) != null;
    }

    /**
     * Returns the numbers of the sessions whose lines were changed since this program wrote them, as far as the tape was
     * read. Only of a text tape, and only of sessions that still have their digest.
     */
    public Set<Integer> edited() {
        return file.edited();
    }

    /** Returns how the tape is spelled. */
    public TapeForm form() {
        return form;
    }

    @Override
    public List<JournalStripe> stripes() {
        return List.of(new Stripe());
    }

    /** All of the tape. */
    private final class Stripe implements JournalStripe {

        @Override
        public String name() {
            return file.path().toString();
        }

        @Override
        public StripeReader read(long position) {
            TapeFile.Start start = position == 0 ? null : file.at(position);
            try {
                return form == TapeForm.BINARY
                        ? new BinaryTapeReader(file, start, position)
                        : new TextTapeReader(file, start, position);
            } catch (IOException e) {
                throw file.unreadable(e);
            }
        }
    }
}
