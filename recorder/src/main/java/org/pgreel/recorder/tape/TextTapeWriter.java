package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.pgreel.recorder.event.SessionEvent;

/** Writes a tape as text. */
final class TextTapeWriter implements TapeWriter {

    private final HashingOutput out;
    private int sessions;
    private long events;

    TextTapeWriter(OutputStream out) throws IOException {
        this.out = new HashingOutput(out);
        line("tape " + TextTape.VERSION);
    }

    @Override
    public void session(Iterable<? extends SessionEvent> session) throws IOException {
        sessions++;
        line("");
        var digest = new LineDigest();
        long before = events;
        var lines = new SessionLines(sessions, line -> {
            digest.add(line);
            line(line);
        });
        try {
            for (SessionEvent event : session) {
                event.dispatch(lines);
                events++;
            }
            lines.end();
            if (events > before) {
                line(TextTape.DIGEST + " \"" + digest.hex() + '"');
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void line(String line) {
        try {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TapeTotals finish() throws IOException {
        out.flush();
        return new TapeTotals(sessions, events, out.bytes(), out.hex());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
