package org.pgreel.recorder.export;

import java.io.OutputStream;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.projection.TranscriptProjection;

/** Writes transcripts, each behind a comment with its session's number. */
final class TranscriptExport implements SessionExport {

    private final TextLines out;

    TranscriptExport(OutputStream out) {
        this.out = new TextLines(out);
    }

    @Override
    public void session(int number, Iterable<SessionEvent> events) {
        out.line("# session " + number);
        var projection = new TranscriptProjection(out, TranscriptProjection.Detail.PLAIN);
        for (SessionEvent event : events) {
            event.dispatch(projection);
        }
    }
}
