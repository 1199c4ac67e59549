package org.pgreel.recorder.verify;

/** What can be said of a recorded session as a whole. */
public enum SessionState {
    /** It is closed, and totals and chain agree. */
    WHOLE,
    /** Its chain is unbroken but has no end: it is still going on, or its recorder died. */
    OPEN,
    /** An event is missing, changed, repeated or out of place, or recording stopped on the way. */
    DAMAGED,
    /** Its beginning was retired from the journal; the rest is unbroken. */
    PARTIAL
}
