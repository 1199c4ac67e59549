package org.pgreel.recorder.journal;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A journal that is open for appending: one run, that is, one process's use of it.
 *
 * <p>A record holds one or more events of one session in their binary form. When {@code append} returns, the record
 * survives the death of the process. Safe for use by many threads; the records of one session must come from one thread
 * at a time.
 */
public interface Journal extends JournalSource, AutoCloseable {

    /** The number that stands for "no record", as the previous record of a session's first. */
    long NO_RECORD = -1;

    /** The longest record, in bytes. */
    int RECORD_BYTES_MAX = 1000 * 1024;

    /** Returns the id of this run, unique among all runs of all journals. */
    String run();

    /** Returns an id for a new session, unique within the journal. */
    long newSession();

    /**
     * Begins a session: gives it an id and lets its first record be appended before another session begins. So the order of
     * ids, and of the numbers by which users call sessions, is that of their first records.
     *
     * @param opening is given the id and appends the first record; it may throw
     * @param <T> what it makes
     * @return what it made
     */
    default <T> T begin(LongFunction<T> opening) {
        return opening.apply(newSession());
    }

    /**
     * Appends a record.
     *
     * @param session the session whose events it holds
     * @param previous the number of the session's previous record, {@link #NO_RECORD} if this is its first
     * @param buffer the array that holds the events; not kept
     * @param from index of the first byte
     * @param to index behind the last byte; at most {@link #RECORD_BYTES_MAX} further
     * @return the number of the record
     * @throws JournalWriteException if it could not be stored; then nothing of it is visible to a reader
     */
    long append(long session, long previous, byte[] buffer, int from, int to);

    /**
     * Appends a record that ends a session's recording, for which a journal keeps a little space back: so a session can
     * be marked as damaged or closed when the disk is full.
     *
     * @param session the session whose events it holds
     * @param previous the number of the session's previous record
     * @param buffer the array that holds the events; not kept
     * @param from index of the first byte
     * @param to index behind the last byte
     * @return the number of the record
     * @throws JournalWriteException if it could not be stored even so
     */
    long appendLast(long session, long previous, byte[] buffer, int from, int to);

    /**
     * Hears that nothing more will be appended for a session. A journal may keep that for its readers.
     *
     * @param session the session
     * @param end what is known of it; null if it is not over but cannot be recorded any further
     */
    default void ended(long session, @Nullable SessionEnd end) {}

    /** Closes the run; appending afterwards fails. Does nothing when called again. */
    @Override
    void close();
}
