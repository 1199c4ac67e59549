package org.pgreel.recorder.event;

import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * The session is over; always its last event. The totals let a reader prove that nothing is missing before it.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param by who ended it
 * @param how how its last connection ended; null if none was ever open
 * @param totals what the session amounted to
 */
public record SessionClosed(
        long session,
        long sequence,
        long nanos,
        By by,
        @Nullable EndKind how,
        SessionTotals totals) implements SessionEvent {

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSessionClosed(this);
    }
}
