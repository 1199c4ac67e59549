package org.pgreel.recorder.event;

/**
 * Recording stopped here: what follows in the session was not recorded, or may not have been.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param reason why, as one sentence
 */
public record RecordingDamaged(long session, long sequence, long nanos, String reason) implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onRecordingDamaged(this);
    }
}
