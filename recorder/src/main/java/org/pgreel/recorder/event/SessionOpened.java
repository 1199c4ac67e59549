package org.pgreel.recorder.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.tap.SessionOpening.Role;

/**
 * A session began; always its event 0.
 *
 * @param session the id of the session
 * @param sequence the number of the event within its session, from 0
 * @param nanos when it happened, in nanoseconds since the run began
 * @param wallClock the time of day at which it began, to the microsecond; the epoch of 1970 if not known
 * @param run the id of the run (one process's use of the journal) that recorded it
 * @param role whether it was recorded in a client or in a proxy
 * @param clientAddress where the frontend is; empty if not known
 * @param serverAddress where the backend is, as it was asked for
 * @param startup the start-up parameters meant to be sent, in order, without secrets; empty if not known yet
 */
public record SessionOpened(
        long session,
        long sequence,
        long nanos,
        Instant wallClock,
        String run,
        Role role,
        String clientAddress,
        String serverAddress,
        Map<String, String> startup)
        implements SessionEvent {

    /** Keeps its own copy of the parameters. */
    public SessionOpened {
        startup = Collections.unmodifiableMap(new LinkedHashMap<>(startup));
    }

    /** Returns the time of day at which it began; null if that is not known, as of a tape that was written by hand. */
    public @Nullable Instant began() {
        return wallClock.equals(Instant.EPOCH) ? null : wallClock;
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onSessionOpened(this);
    }
}
