package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.JournalWriteException;
import org.pgreel.recorder.journal.SessionEnd;

/**
 * A journal on disk, kept by Chronicle Queue.
 *
 * <p>What Chronicle Queue does not give is added here: a number and a checksum to each record, a file that is never
 * appended to by two processes, space that is reserved before it is needed, and a clear sentence when the JVM's flags are
 * missing. Opening it adds a run to the directory, beside those of programs that ended, died or are still recording.
 *
 * <p>When {@link #append} returns, the record survives the death of the process, but not a loss of power.
 */
public final class ChronicleJournal implements Journal {

    static {
        // Read when Chronicle's classes are initialised: no start-up banner, no usage report, no watching of the disk.
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
    }

    private final JournalDirectory directory;
    private final String runId;
    private final OpenStripes stripes;
    private final ReentrantLock beginnings = new ReentrantLock();
    private @Nullable JournalKeeper keeper;
    private final RunLock lock;
    private boolean closed;

    private ChronicleJournal(
            JournalDirectory directory,
            RunDirectory run,
            JournalLimits limits,
            InstantSource clock,
            @Nullable SpaceAhead ahead)
            throws IOException {
        this.directory = directory;
        this.runId = UUID.randomUUID().toString();
        this.lock = RunLock.take(run);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("id", runId);
        properties.put("process", Long.toString(ProcessHandle.current().pid()));
        properties.put("started", clock.instant().toString());
        // Only when the properties are written is the run there for readers: nothing can have been recorded before.
        this.stripes = new OpenStripes(directory.path(), run, properties, limits, clock, ahead);
    }

    /**
     * Opens a journal for appending; makes it if the directory is missing or empty.
     *
     * @param directory the directory
     * @throws org.pgreel.recorder.journal.JournalFlagsMissingException if the JVM lacks the flags that Chronicle needs
     * @throws org.pgreel.recorder.journal.NotAJournalException if the directory holds something else
     * @throws JournalWriteException if it cannot be written: no space, no permission
     */
    public static ChronicleJournal open(Path directory) {
        return open(directory, JournalLimits.NONE);
    }

    /**
     * Opens a journal for appending as {@link #open(Path)} does, and keeps it within limits while it is written.
     *
     * @param directory the directory
     * @param limits how much it may grow and how long it keeps what is over
     */
    public static ChronicleJournal open(Path directory, JournalLimits limits) {
        JvmFlags.require();
        // A journal that has a limit takes no space before it needs it.
        SpaceAhead ahead = limits.bytesMax() == Long.MAX_VALUE ? SpaceAhead.begin() : null;
        ChronicleJournal journal;
        try {
            journal = open(directory, limits, InstantSource.system(), ahead);
        } catch (RuntimeException e) {
            if (ahead != null) {
                ahead.close();
            }
            throw e;
        }
        journal.keeper = JournalKeeper.of(journal::lookAfter);
        return journal;
    }

    /**
     * As {@link #open(Path, JournalLimits)}, with the time of day as an argument; only {@link #lookAfter} looks after it.
     */
    static ChronicleJournal open(Path directory, JournalLimits limits, InstantSource clock) {
        return open(directory, limits, clock, null);
    }

    private static ChronicleJournal open(
            Path directory, JournalLimits limits, InstantSource clock, @Nullable SpaceAhead ahead) {
        JvmFlags.require();
        JournalDirectory journal = JournalDirectory.create(directory);
        try {
            return new ChronicleJournal(journal, journal.newRun(), limits, clock, ahead);
        } catch (IOException e) {
            throw JournalDirectory.cannotCreate(directory, e);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public String run() {
        return runId;
    }

    @Override
    public long newSession() {
        return stripes.newSession();
    }

    @Override
    public <T> T begin(LongFunction<T> opening) {
        beginnings.lock();
        try {
            return opening.apply(newSession());
        } finally {
            beginnings.unlock();
        }
    }

    @Override
    public long append(long session, long previous, byte[] buffer, int from, int to) {
        return append(session, previous, buffer, from, to, false);
    }

    @Override
    public long appendLast(long session, long previous, byte[] buffer, int from, int to) {
        return append(session, previous, buffer, from, to, true);
    }

    private long append(long session, long previous, byte[] buffer, int from, int to, boolean last) {
        if (to - from > RECORD_BYTES_MAX) {
            throw new JournalWriteException(
                    "A record of " + (to - from) + " bytes is longer than " + RECORD_BYTES_MAX + ".", null);
        }
        return stripes.of(session).append(session, previous, buffer, from, to, last);
    }

    @Override
    public void ended(long session, @Nullable SessionEnd end) {
        stripes.of(session).ended(session, end);
        stripes.ended(session);
    }

    @Override
    public List<JournalStripe> stripes() {
        return directory.stripes();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        JournalKeeper working = keeper;
        if (working != null) {
            working.close();
        }
        try {
            stripes.close();
            lock.close();
        } catch (IOException e) {
            throw new JournalWriteException(
                    "The journal " + directory + " could not be closed: " + e.getMessage() + ".", e);
        }
    }

    /** Does at once what its own thread does now and then. */
    void lookAfter() {
        stripes.lookAfter();
    }
}
