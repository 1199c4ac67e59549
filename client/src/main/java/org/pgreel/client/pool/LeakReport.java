package org.pgreel.client.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * A session has been out for longer than the pool thinks right.
 *
 * @param lentFor for how long
 * @param acquiredAt its stack trace is where the session was asked for
 * @param processId the backend's process id, as in {@code pg_stat_activity}; empty if the server told none
 */
public record LeakReport(Duration lentFor, Throwable acquiredAt, Optional<Integer> processId) {}
