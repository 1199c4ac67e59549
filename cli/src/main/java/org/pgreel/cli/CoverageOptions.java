package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.scenarios.coverage.CoverageFile;
import org.pgreel.scenarios.coverage.CoveredServer;
import org.pgreel.scenarios.coverage.EdgeCounts;
import picocli.CommandLine.Option;

/** Where a run writes which edges of the conversation matrix it has exercised. */
final class CoverageOptions {

    @Option(
            names = "--coverage",
            paramLabel = "FILE",
            description = "Add to this file which states and messages were exercised, for 'pgreel coverage'.")
    private @Nullable Path file;

    private final EdgeCounts counts = new EdgeCounts();

    /** Tells whether coverage was asked for. */
    boolean wanted() {
        return file != null;
    }

    /** Returns the server with somebody who looks on and counts, if coverage was asked for. */
    PlayedServer around(PlayedServer server) {
        return wanted() ? new CoveredServer(server, counts) : server;
    }

    /** Returns what is written in the end. */
    EdgeCounts counts() {
        return counts;
    }

    /**
     * Adds what was exercised to the file, if one was asked for.
     *
     * @param run names the run
     * @throws CommandFailedException if the file is no coverage or cannot be written
     */
    void write(String run) {
        Path to = file;
        if (to == null) {
            return;
        }
        counts.run(run);
        try {
            CoverageFile.add(to, counts);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the coverage " + to + " cannot be written: " + Failures.what(e), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.inputOutput(to + ": " + Failures.what(e), e);
        }
    }
}
