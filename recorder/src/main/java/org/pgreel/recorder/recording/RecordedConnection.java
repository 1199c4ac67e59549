package org.pgreel.recorder.recording;

import org.jspecify.annotations.Nullable;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * One connection of a recorded session.
 *
 * @param ordinal its ordinal within the session, from 1
 * @param openedNanos when it was up, in nanoseconds since the run began
 * @param bytesWritten bytes of the frontend on it
 * @param bytesRead bytes of the backend on it
 * @param how how it ended; null if its end is not recorded
 * @param by who ended it; null if its end is not recorded
 */
public record RecordedConnection(
        int ordinal,
        long openedNanos,
        long bytesWritten,
        long bytesRead,
        @Nullable EndKind how,
        @Nullable By by) {}
