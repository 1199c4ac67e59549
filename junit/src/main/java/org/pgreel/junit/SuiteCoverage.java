package org.pgreel.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.scenarios.coverage.CoverageFile;
import org.pgreel.scenarios.coverage.CoveredServer;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients and the server of a test have said to each other, as edges of the conversation matrix, for {@code pgreel
 * coverage}. It is counted where a file for it is named, and added to the file when the server stops; servers that nobody
 * stops are added when the JVM ends. Safe for use by several threads.
 */
final class SuiteCoverage {
    private static final Logger LOG = LoggerFactory.getLogger(SuiteCoverage.class);
    private static final Set<SuiteCoverage> OPEN = ConcurrentHashMap.newKeySet();
    private static final String RUN = "junit";

    private final Path file;
    private final EdgeCounts counts = new EdgeCounts();

    private SuiteCoverage(Path file) {
        this.file = file;
        counts.run(RUN);
    }

    /**
     * Begins to count for one server.
     *
     * @return empty if nobody wants to know
     * @throws ExtensionConfigurationException if what is in the file's place is no coverage, which nothing is added to
     */
    static Optional<SuiteCoverage> begin() {
        Optional<SuiteCoverage> coverage = RunSettings.coverage().map(SuiteCoverage::new);
        coverage.ifPresent(one -> {
            one.check();
            AtEnd.write();
            OPEN.add(one);
        });
        return coverage;
    }

    private void check() {
        try {
            if (Files.exists(file)) {
                CoverageFile.read(file);
            }
        } catch (IOException | IllegalArgumentException unusable) {
            throw new ExtensionConfigurationException(
                    RunSettings.COVERAGE + ": " + file + " is not to be added to: " + unusable.getMessage(), unusable);
        }
    }

    /** Returns the server with somebody who looks on and counts. */
    PlayedServer around(PlayedServer server) {
        return new CoveredServer(server, counts);
    }

    /**
     * Adds what was counted to the file. Has no effect the second time.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void write() {
        if (OPEN.remove(this)) {
            try {
                CoverageFile.add(file, counts);
            } catch (IOException e) {
                throw new UncheckedIOException("the coverage " + file + " cannot be written", e);
            }
        }
    }

    /** Writes what is still open when the JVM ends. */
    private static final class AtEnd {
        static {
            Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::writeWhatIsOpen, "pgreel-coverage"));
        }

        private AtEnd() {}

        /** The first call has it done. */
        static void write() {}

        private static void writeWhatIsOpen() {
            for (SuiteCoverage one : OPEN) {
                try {
                    one.write();
                } catch (UncheckedIOException e) {
                    LOG.warn("{}", e.getMessage(), e);
                }
            }
        }
    }
}
