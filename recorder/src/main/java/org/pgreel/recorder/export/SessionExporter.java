package org.pgreel.recorder.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.EditedEvents;
import org.pgreel.recorder.redaction.SqlSecrets;

/**
 * Exports recorded sessions. Secrets of the login are overwritten as they are in the recording, and those in the text of
 * SQL are overwritten here; sessions are read as they are written, so that none is held in memory. Confined to one thread.
 */
public final class SessionExporter {

    private final ExportFormat format;
    private final List<String> left = new ArrayList<>();

    /**
     * Begins an export.
     *
     * @param format in which format
     */
    public SessionExporter(ExportFormat format) {
        this.format = format;
    }

    /**
     * Writes sessions.
     *
     * @param sessions which; a damaged one as far as it is good
     * @param out where they are written; not closed
     * @throws IOException if it cannot be written
     * @throws SessionNotPackedException if the format cannot hold these sessions
     * @throws org.pgreel.recorder.journal.JournalException if the recording cannot be read
     */
    public void write(List<RecordedSession> sessions, OutputStream out) throws IOException {
        if (format == ExportFormat.PQTRACE && sessions.size() != 1) {
            throw new SessionNotPackedException("A trace of libpq holds one session and cannot name it, and these are "
                    + sessions.size() + "; name the one, as in RECORDING#1.");
        }
        SessionExport export = export(out);
        try {
            for (int i = 0; i < sessions.size(); i++) {
                RecordedSession session = sessions.get(i);
                Iterable<SessionEvent> events =
                        () -> new EditedEvents(TapePack.events(session).iterator(), new SqlSecrets());
                export.session(i + 1, events);
            }
            export.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private SessionExport export(OutputStream out) throws IOException {
        return switch (format) {
            case TRANSCRIPT -> new TranscriptExport(out);
            case SCRIPT -> new ScriptExport(out, left);
            case JSONL -> new JsonLinesExport(out);
            case PQTRACE -> new PqtraceExport(out, left);
            case PCAPNG -> new PcapngExport(out);
        };
    }

    /** Returns what the export does not hold, a sentence each; empty if it lacks nothing but what its format never has. */
    public List<String> left() {
        return List.copyOf(left);
    }
}
