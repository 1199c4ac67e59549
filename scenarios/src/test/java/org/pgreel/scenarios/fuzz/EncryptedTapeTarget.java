package org.pgreel.scenarios.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;

/** An encrypted tape whose key is known: read, or refused in a sentence that names the file. */
final class EncryptedTapeTarget implements FuzzTarget {
    /** Guards nothing. */
    static final TapeKey KEY = TapeKey.of("00".repeat(32), "the target");

    @Override
    public void take(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzzed", ".tape");
        try {
            Files.write(file, input);
            for (RecordedSession session :
                    Recordings.open(file, () -> KEY, ReadingProgress.NONE).sessions()) {
                session.events().forEach(event -> {});
                session.messages().forEach(message -> {});
            }
        } catch (JournalException refused) {
            if (!String.valueOf(refused.getMessage()).contains(file.toString())) {
                throw new AssertionError("the refusal does not name the file", refused);
            }
        } finally {
            Files.delete(file);
        }
    }
}
