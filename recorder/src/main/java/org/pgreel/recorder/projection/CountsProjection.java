package org.pgreel.recorder.projection;

import org.pgreel.recorder.recording.RecordedMessage;

/** How many messages and bytes each side sent. Its states are values. */
public final class CountsProjection implements Projection<Counts> {

    @Override
    public Counts initial() {
        return Counts.NONE;
    }

    @Override
    public Counts message(Counts state, RecordedMessage message) {
        return state.and(message);
    }
}
