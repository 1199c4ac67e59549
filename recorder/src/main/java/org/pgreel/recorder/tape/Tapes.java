package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.Journal;

/** Begins tapes, and brings sessions back into a journal. */
public final class Tapes {

    /** What is appended to a journal at once. */
    private static final int RECORD_BYTES = 64 * 1024;

    private static final int NANOS_OF_MICROSECOND = 1_000;

    private Tapes() {}

    /**
     * Begins a tape.
     *
     * @param out where it is written; closed with the writer
     * @param form how it is spelled
     * @throws IOException if it cannot be written
     */
    public static TapeWriter writer(OutputStream out, TapeForm form) throws IOException {
        return form == TapeForm.TEXT ? new TextTapeWriter(out) : new BinaryTapeWriter(out);
    }

    /**
     * Begins an encrypted tape. No two are alike, though their sessions are.
     *
     * @param out where it is written; closed with the writer
     * @param form how it is spelled
     * @param key whoever has it can read the tape
     * @throws IOException if it cannot be written
     */
    public static TapeWriter writer(OutputStream out, TapeForm form, TapeKey key) throws IOException {
        return new EncryptedTapeWriter(out, form, key);
    }

    /**
     * Appends a session to a journal, which gives it an id of its own; all else of its events stays as it is.
     *
     * @param events its events, from its beginning
     * @param journal where it is appended
     * @return how many events there were
     * @throws org.pgreel.recorder.journal.JournalWriteException if the journal cannot be written
     */
    public static long append(Iterable<? extends SessionEvent> events, Journal journal) {
        long id = journal.newSession();
        var writer = new EventWriter(id);
        long previous = Journal.NO_RECORD;
        for (SessionEvent event : events) {
            writer.write(Restamped.of(event, id, writer.nextSequence()));
            if (writer.length() >= RECORD_BYTES) {
                previous = append(journal, previous, writer);
            }
        }
        if (writer.length() > 0) {
            append(journal, previous, writer);
        }
        return writer.nextSequence();
    }

    /**
     * Returns an event as of the beginning of the microsecond in which it happened. No two events change their order.
     *
     * @param event what happened
     */
    public static SessionEvent toMicroseconds(SessionEvent event) {
        long nanos = event.nanos() - Math.floorMod(event.nanos(), NANOS_OF_MICROSECOND);
        return nanos == event.nanos() ? event : Restamped.at(event, nanos);
    }

    private static long append(Journal journal, long previous, EventWriter writer) {
        byte[] record = Arrays.copyOf(writer.buffer(), writer.length());
        long number = journal.append(writer.session(), previous, record, 0, record.length);
        writer.commit();
        return number;
    }
}
