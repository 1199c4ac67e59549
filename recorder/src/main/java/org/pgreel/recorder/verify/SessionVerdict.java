package org.pgreel.recorder.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What verification says of one session.
 *
 * @param number the number of the session, from 1
 * @param state whole, open, damaged or partial
 * @param events how many events are as they were recorded, from the first on
 * @param bytes how many bytes of both directions they hold
 * @param lastEvent the time of day of the last good event; null if it is not known when the session began
 * @param firstBad the first bad event; null unless it is damaged
 */
public record SessionVerdict(
        int number,
        SessionState state,
        long events,
        long bytes,
        @Nullable Instant lastEvent,
        @Nullable BadEvent firstBad) {

    /** Returns the verdict as one line for people. */
    public String line() {
        StringBuilder line = new StringBuilder("session ").append(number).append(": ");
        BadEvent bad = firstBad;
        if (bad != null) {
            line.append("damaged, event ").append(bad.sequence()).append(' ').append(bad.what());
            return line.toString();
        }
        line.append(
                switch (state) {
                    case WHOLE -> "whole";
                    case OPEN -> "open";
                    case PARTIAL -> "partial (its beginning was retired)";
                    case DAMAGED -> "damaged";
                });
        line.append(", ").append(events).append(" events, ").append(bytes).append(" bytes");
        if (state == SessionState.OPEN) {
            line.append(", last event ").append(events - 1).append(lastEvent == null ? "" : " at " + lastEvent);
        }
        return line.toString();
    }
}
