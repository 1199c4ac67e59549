package org.pgreel.recorder.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.chronicle.ChronicleJournal;

/** The journal on disk keeps the contract. */
class ChronicleJournalTest implements JournalContract {

    @TempDir
    Path directory;

    @Override
    public Journal empty() {
        return ChronicleJournal.open(directory.resolve("journal"));
    }
}
