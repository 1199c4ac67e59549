package org.pgreel.replay.rerun;

import java.util.List;
import org.pgreel.recorder.diff.RecordingDiff;
import org.pgreel.recorder.recording.RecordedSession;

/**
 * What came of running a recording again.
 *
 * @param diff how the live sessions differ from the recorded ones, behind their logins
 * @param live the sessions with the live server as they were recorded, each in the place of the one that it repeats
 * @param failures what could not be carried out, one sentence each: a login that was refused, an answer that did not come
 * @param leftOut recorded sessions that were not run, one sentence each
 * @param recordedVersions the versions of the servers that were recorded
 * @param liveVersions those of the server against which it was run
 */
public record RerunResult(
        RecordingDiff diff,
        List<RecordedSession> live,
        List<String> failures,
        List<String> leftOut,
        List<String> recordedVersions,
        List<String> liveVersions) {

    /** Keeps its own copies of the lists. */
    public RerunResult {
        live = List.copyOf(live);
        failures = List.copyOf(failures);
        leftOut = List.copyOf(leftOut);
        recordedVersions = List.copyOf(recordedVersions);
        liveVersions = List.copyOf(liveVersions);
    }

    /** Tells whether the live server behaved as the recorded one did. */
    public boolean same() {
        return failures.isEmpty() && diff.behaviour() == 0;
    }
}
