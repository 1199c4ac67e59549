package org.pgreel.recorder.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.tape.Tapes;

/** Reads JSON lines as they were exported: the events, from which the same sessions come. */
final class JsonLinesImport {

    private final ImportLines lines;
    private final Journal journal;
    private @Nullable SessionEvent next;
    private long nextSession;

    JsonLinesImport(InputStream in, Journal journal) {
        this.lines = new ImportLines(in);
        this.journal = journal;
    }

    ImportReport run() throws IOException {
        int sessions = 0;
        try {
            read();
            while (next != null) {
                if (!(next instanceof SessionOpened)) {
                    throw new ImportException("a session begins with the event session-opened");
                }
                long session = nextSession;
                Tapes.append(() -> new OneSession(session), journal);
                sessions++;
            }
        } catch (ImportException e) {
            throw new ImportException("Line " + lines.number() + ": " + e.getMessage() + ".");
        }
        if (sessions == 0) {
            throw new ImportException("There is no session in it.");
        }
        return new ImportReport(sessions, List.of());
    }

    private void read() throws IOException {
        next = null;
        while (next == null) {
            String line = lines.next();
            if (line == null) {
                return;
            }
            if (!line.isBlank()) {
                var json = new EventJson(JsonObject.read(line));
                next = json.event();
                nextSession = json.session();
            }
        }
    }

    /** The events up to the next session's first. */
    private final class OneSession implements Iterator<SessionEvent> {

        private final long session;
        private boolean begun;

        OneSession(long session) {
            this.session = session;
        }

        @Override
        public boolean hasNext() {
            return next != null && nextSession == session && !(begun && next instanceof SessionOpened);
        }

        @Override
        public SessionEvent next() {
            SessionEvent event = next;
            if (event == null || !hasNext()) {
                throw new NoSuchElementException();
            }
            begun = true;
            try {
                read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return event;
        }
    }
}
