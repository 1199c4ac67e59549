package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.Resend;

/**
 * What a run of a script has come to: it passed only when the script was played to its end, each fault fired, and
 * nothing was left over.
 *
 * @param connections all that arrived, in order
 * @param problems why the run has not passed, one sentence each; empty when it has
 * @param fired the faults that have fired, as they are spelled
 * @param unfired the faults that have not fired, as they are spelled
 * @param misses what was asked and is not recorded, where a recording is played; they are among the problems too
 * @param resent what was sent again although it may have been applied, where a recording is played by exchanges and a
 *     fault broke a connection; no problem by itself
 */
public record PlayReport(
        List<PlayedConnection> connections,
        List<String> problems,
        List<String> fired,
        List<String> unfired,
        List<ExchangeMiss> misses,
        List<Resend> resent) {
    /** Nothing has come, and that is all that is to be said. */
    public static final PlayReport NOTHING =
            new PlayReport(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public PlayReport {
        connections = List.copyOf(connections);
        problems = List.copyOf(problems);
        fired = List.copyOf(fired);
        unfired = List.copyOf(unfired);
        misses = List.copyOf(misses);
        resent = List.copyOf(resent);
    }

    /** Tells whether the run has passed. */
    public boolean passed() {
        return problems.isEmpty();
    }

    /** Tells whether a connection departed from the script, which nothing can mend any more. */
    public boolean failed() {
        return connections.stream().anyMatch(connection -> connection.outcome().failed());
    }

    /** Returns the first departure with its transcript, or the problems; for a failing test. */
    public String text() {
        for (PlayedConnection connection : connections) {
            if (connection.mismatch() != null) {
                return connection.mismatch().text();
            }
        }
        return passed() ? "played to the end\n" : String.join("\n", problems) + "\n";
    }
}
