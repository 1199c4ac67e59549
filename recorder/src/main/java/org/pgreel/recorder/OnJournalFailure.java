package org.pgreel.recorder;

/** What becomes of a session when the journal cannot be written, because the disk is full for example. */
public enum OnJournalFailure {
    /** The session ends: nothing happens unrecorded. The default. */
    FAIL_SESSION,
    /** The session goes on, its recording ends there and is marked as damaged. */
    STOP_RECORDING
}
