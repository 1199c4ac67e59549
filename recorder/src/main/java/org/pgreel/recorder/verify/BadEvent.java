package org.pgreel.recorder.verify;

/**
 * The first event of a session that is not as it was recorded.
 *
 * @param sequence its number within the session
 * @param what what is wrong with it, as the end of a sentence that begins with "event N"
 */
public record BadEvent(long sequence, String what) {}
