package org.pgreel.cli.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * What the demo showed.
 *
 * @param postgres which server was recorded
 * @param replays the clients that were recorded and replayed
 * @param failures the failures that were provoked
 * @param directory where its files lie: the journal, and what each client saw
 * @param journal the journal's directory
 */
public record DemoResult(
        String postgres, List<Replayed> replays, List<ProvokedFailure> failures, Path directory, Path journal) {

    /** Copies the lists. */
    public DemoResult {
        replays = List.copyOf(replays);
        failures = List.copyOf(failures);
    }

    /** Returns whether every client saw the same from the replay as from the database, and each failure was told. */
    public boolean passed() {
        return replays.stream().allMatch(Replayed::equal) && failures.stream().allMatch(ProvokedFailure::asExpected);
    }

    /**
     * A client that was recorded and replayed.
     *
     * @param client what it is called
     * @param lines how many lines it was told by the database
     * @param equal whether the replay told it the same, to the letter
     */
    public record Replayed(String client, int lines, boolean equal) {}

    /**
     * A failure that no healthy server produces, and what our client said of it.
     *
     * @param name what was done to the client
     * @param expected the name of the reason that it had to report
     * @param reported the name of the reason that it reported
     * @param sentence what it said
     */
    public record ProvokedFailure(String name, String expected, String reported, String sentence) {

        /** Returns whether the client named the failure as it should. */
        public boolean asExpected() {
            return expected.equals(reported);
        }
    }
}
