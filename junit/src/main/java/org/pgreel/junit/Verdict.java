package org.pgreel.junit;

import java.util.List;
import java.util.stream.Stream;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.PlayedConnection;

/**
 * What a test's run has come to.
 *
 * @param server what was played, in words
 * @param problems why the run has not passed, one sentence each; empty when it has
 * @param report what the server says
 * @param chunking how its writes were cut
 * @param seed makes its salts, nonces and keys again
 */
record Verdict(String server, List<String> problems, PlayReport report, Chunking chunking, long seed) {
    private static final List<String> ENDS = List.of("F eof", "F reset", "F Terminate");

    /** Copies the list. */
    Verdict {
        problems = List.copyOf(problems);
    }

    boolean passed() {
        return problems.isEmpty();
    }

    /**
     * Tells whether the client did what the script does not say, or what was not recorded, apart from leaving early: that is what a test's failure
     * comes from. A client that leaves early may do so because its test has failed.
     */
    boolean departed() {
        return !report.misses().isEmpty() || report.connections().stream().anyMatch(Verdict::departed);
    }

    private static boolean departed(PlayedConnection connection) {
        Mismatch mismatch = connection.mismatch();
        return connection.outcome().failed() && mismatch != null && !ENDS.contains(mismatch.got());
    }

    /** Returns this verdict with more problems. */
    Verdict with(List<String> more) {
        return new Verdict(
                server, Stream.concat(problems.stream(), more.stream()).toList(), report, chunking, seed);
    }
}
