package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pgreel.scenarios.sweep.Shrinker;

/** Writes what was shrunk: a scenario, and a JUnit test that plays it. */
final class ShrunkFiles {
    private ShrunkFiles() {}

    /**
     * Writes both.
     *
     * @throws CommandFailedException if the directory cannot be written to
     */
    static List<Path> write(Shrinker.Shrunk shrunk, Path directory) {
        Path scenario = directory.resolve(shrunk.subject().scenario().name() + ".pgreel.yaml");
        Path test = directory.resolve("ShrunkTest.java");
        try {
            Files.createDirectories(directory);
            Files.writeString(scenario, shrunk.text());
            Files.writeString(test, shrunk.test());
            return List.of(scenario, test);
        } catch (IOException failed) {
            throw CommandFailedException.inputOutput("cannot write to " + directory, failed);
        }
    }
}
