package org.pgreel.recorder.recording;

import org.pgreel.recorder.event.SessionEvent;

/**
 * A place in the middle of a session from which its events can be read.
 *
 * @param snapshot what a fold over the events before gave, in the form of whoever folded
 * @param events the events behind it, each checked again as it is read
 */
public record ReadingStart(byte[] snapshot, Iterable<SessionEvent> events) {}
