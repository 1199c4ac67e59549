package org.pgreel.scenarios.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pgreel.recorder.importing.ImportException;
import org.pgreel.recorder.importing.ImportFormat;
import org.pgreel.recorder.importing.SessionImporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.verify.SessionState;

/** What other programs wrote: imported, so that it reads as a recording, or refused in a sentence. */
final class ImportTarget implements FuzzTarget {
    private final ImportFormat format;

    ImportTarget(ImportFormat format) {
        this.format = format;
    }

    @Override
    public void take(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzzed", "." + format.word());
        var journal = new InMemoryJournal("import");
        try {
            Files.write(file, input);
            SessionImporter.run(format, file, journal);
        } catch (ImportException refused) {
            FuzzTarget.same(
                    "a reason", false, String.valueOf(refused.getMessage()).isBlank());
        } finally {
            Files.delete(file);
        }
        for (RecordedSession session : Recordings.of(journal).sessions()) {
            try {
                session.events().forEach(event -> {});
                session.messages().forEach(message -> {});
            } catch (JournalDamagedException told) {
                FuzzTarget.same("whole", false, session.state() == SessionState.WHOLE);
            }
        }
    }
}
