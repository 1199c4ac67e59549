package org.pgreel.recorder;

import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;
import org.pgreel.tap.WireTap;

/**
 * Records every session that it hears of into one journal.
 *
 * <p>It is write-ahead: a chunk is in the journal, its secrets overwritten, when the tap's method returns; only then may
 * the other side see it. Many sessions may be recorded at once, each by one thread at a time. The journal is the
 * caller's to close, after the last session.
 */
public final class Recorder implements WireTap {

    private final Journal journal;
    private final RecordingClock clock;
    private final OnJournalFailure policy;
    private volatile String chapter = "";

    /**
     * Creates a recorder that ends a session rather than let it go on unrecorded, by the clock of this machine.
     *
     * @param journal where to append
     */
    public Recorder(Journal journal) {
        this(journal, RecordingClock.system(), OnJournalFailure.FAIL_SESSION);
    }

    /**
     * Creates a recorder.
     *
     * @param journal where to append
     * @param clock what stamps the events
     * @param policy what becomes of a session when the journal cannot be written
     */
    public Recorder(Journal journal, RecordingClock clock, OnJournalFailure policy) {
        this.journal = journal;
        this.clock = clock;
        this.policy = policy;
    }

    /**
     * Begins a chapter: in each session, what the client says from now on belongs to it.
     *
     * @param name its name; "" for none
     */
    public void chapter(String name) {
        chapter = name;
    }

    /** Returns the name of the chapter that has begun; "" if none has. */
    String chapter() {
        return chapter;
    }

    /**
     * Begins to record a session.
     *
     * @param opening who talks to whom
     * @return the recording of this session
     * @throws TapFailedException if the journal cannot be written and the policy is to end such a session
     */
    @Override
    public SessionTap sessionOpened(SessionOpening opening) {
        return opened(opening);
    }

    /**
     * Begins a session as {@link #sessionOpened} does, and gives what only a recorder has, such as the cancel keys.
     *
     * @param opening who talks to whom
     * @return the recording of this session
     */
    public SessionRecorder opened(SessionOpening opening) {
        try {
            return journal.begin(session -> {
                SessionRecorder recorder = new SessionRecorder(journal, session, clock, policy, this::chapter);
                recorder.opened(opening);
                return recorder;
            });
        } catch (JournalException e) {
            throw new TapFailedException("The session cannot be recorded: " + e.getMessage(), e);
        }
    }
}
