package org.pgreel.benchmarks.pgreel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.Journal;

/** What the sessions are recorded to; a new journal for each workload, or one would be as large as all together. */
final class Tape {

    private final String kind;
    private @Nullable Journal journal;
    private @Nullable Path directory;

    private Tape(String kind) {
        this.kind = kind;
    }

    static Tape of(String kind) {
        if (!kind.equals("off") && !kind.equals("memory") && !kind.equals("chronicle")) {
            throw new IllegalArgumentException("recording is off, memory or chronicle, not " + kind);
        }
        return new Tape(kind);
    }

    /** Makes a new journal; the sessions of the one before are closed. */
    void rewind() throws IOException {
        close();
        if (kind.equals("memory")) {
            journal = new RingJournal();
        } else if (kind.equals("chronicle")) {
            Path made = Files.createTempDirectory("pgreel-benchmark");
            directory = made;
            journal = ChronicleJournal.open(made.resolve("journal"));
        }
    }

    ConnectOptionsBuilder record(ConnectOptionsBuilder options) {
        return journal == null ? options : options.tap(new Recorder(journal));
    }

    void close() throws IOException {
        if (journal != null) {
            journal.close();
            journal = null;
        }
        if (directory != null) {
            delete(directory);
            directory = null;
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            found.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException notDeleted) {
                    throw new UncheckedIOException(notDeleted);
                }
            });
        }
    }
}
