package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A directory, for its owner only, that is gone with all in it when it is closed. */
final class TemporaryDirectory implements AutoCloseable {

    private final Path directory;

    TemporaryDirectory() throws IOException {
        directory = Files.createTempDirectory("pgreel");
    }

    /** Returns the place of a directory within it that does not exist yet. */
    Path path() {
        return directory.resolve("journal");
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (var files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
