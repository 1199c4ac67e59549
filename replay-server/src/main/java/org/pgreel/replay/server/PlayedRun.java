package org.pgreel.replay.server;

import org.pgreel.replay.play.PlayReport;

/**
 * What one run of a script on a {@link ScriptService} came to.
 *
 * @param number counts the runs of the service, from 1
 * @param report the verdict
 */
public record PlayedRun(int number, PlayReport report) {
    /** Returns the verdict in one sentence, without the run's number. */
    public String sentence() {
        return report.passed() ? "played to the end" : report.problems().get(0);
    }
}
