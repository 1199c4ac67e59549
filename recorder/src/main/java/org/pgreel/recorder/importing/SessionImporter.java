package org.pgreel.recorder.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pgreel.recorder.encryption.TapeKeys;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.Tapes;

/** Brings sessions from files of other formats into a journal. Files are read once, from front to back. */
public final class SessionImporter {

    private static final int BUFFER_BYTES = 64 * 1024;

    private SessionImporter() {}

    /**
     * Imports all sessions of a file.
     *
     * @param format what the file is
     * @param file where it lies
     * @param journal where the sessions are appended
     * @return what became of it
     * @throws ImportException if the file is not of the format, or holds nothing that can be imported
     * @throws IOException if it cannot be read
     * @throws org.pgreel.recorder.journal.JournalException if the journal cannot be written, or a tape not be read
     */
    public static ImportReport run(ImportFormat format, Path file, Journal journal) throws IOException {
        return run(format, file, TapeKeys.ENVIRONMENT, journal);
    }

    /**
     * As {@link #run(ImportFormat, Path, Journal)}, of encrypted tapes too.
     *
     * @param keys who gives the key if the file is an encrypted tape
     */
    public static ImportReport run(ImportFormat format, Path file, TapeKeys keys, Journal journal) throws IOException {
        if (format == ImportFormat.TAPE) {
            return tape(file, keys, journal);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return switch (format) {
                case JSONL -> new JsonLinesImport(in, journal).run();
                case PQTRACE -> new PqtraceImport(in, journal).run();
                case SCRIPT -> new ScriptImport(in, journal).run();
                case PCAPNG, TAPE -> new CaptureImport(in, journal).run();
            };
        }
    }

    private static ImportReport tape(Path file, TapeKeys keys, Journal journal) {
        int sessions = 0;
        for (RecordedSession session :
                Recordings.open(file, keys, ReadingProgress.NONE).sessions()) {
            Tapes.append(TapePack.events(session), journal);
            sessions++;
        }
        return new ImportReport(sessions, List.of());
    }
}
