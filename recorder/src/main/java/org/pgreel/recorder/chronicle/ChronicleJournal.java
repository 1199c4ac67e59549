package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final int RUN_SHIFT = 40;

    private final JournalDirectory directory;
    private final RunDirectory run;
    private final String runId;
    private final Map<String, String> properties;
    private final QueueAppender stripe;
    private final JournalKeeper keeper;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final AtomicLong sessions = new AtomicLong();
    private boolean closed;

    private ChronicleJournal(JournalDirectory directory, RunDirectory run, Instant now) throws IOException {
        this.directory = directory;
        this.run = run;
        this.runId = UUID.randomUUID().toString();
        this.lockFile = FileChannel.open(
                run.path().resolve(RunDirectory.LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock = lockFile.lock();
        PrivateFiles.makePrivate(run.path().resolve(RunDirectory.LOCK_FILE));
        this.stripe = QueueAppender.create(run.stripe(0), now.toEpochMilli());
        this.keeper = JournalKeeper.of(stripe::note);
        this.properties = new LinkedHashMap<>();
        properties.put("id", runId);
        properties.put("process", Long.toString(ProcessHandle.current().pid()));
        properties.put("started", now.toString());
        properties.put("stripes", "1");
        // Only now is the run there for readers: nothing can have been recorded before.
        RunProperties.write(run.properties(), properties);
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
        return open(directory, Instant.now());
    }

    /** As {@link #open(Path)}, with the time of day as an argument. */
    static ChronicleJournal open(Path directory, Instant now) {
        JvmFlags.require();
        JournalDirectory journal = JournalDirectory.create(directory);
        try {
            return new ChronicleJournal(journal, journal.newRun(), now);
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
        return ((long) run.ordinal() << RUN_SHIFT) | sessions.incrementAndGet();
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
        return stripe.append(session, previous, buffer, from, to, last);
    }

    @Override
    public void ended(long session, @Nullable SessionEnd end) {
        stripe.ended(session, end);
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
        keeper.close();
        try {
            Optional<String> seal = stripe.close();
            properties.put("ended", Instant.now().toString());
            properties.put("records-0", Long.toString(stripe.recordCount()));
            seal.ifPresent(text -> properties.put("beginning-0", text));
            RunProperties.write(run.properties(), properties);
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new JournalWriteException(
                    "The journal " + directory + " could not be closed: " + e.getMessage() + ".", e);
        }
    }
}
