package org.pgreel.recorder.tape;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/** Reads the records of a text tape, a line at a time. Confined to one thread. */
final class TextTapeReader implements StripeReader {

    private final TapeFile file;
    private final TapeLines lines;
    private long number;
    private int session;
    private boolean begun;
    private @Nullable String waiting;
    private @Nullable SessionText current;
    private LineDigest digest = new LineDigest();
    private boolean digested;

    /**
     * Begins to read.
     *
     * @param start where the session begins that comes first; null for the beginning of the tape
     * @param number the number of the first record
     */
    TextTapeReader(TapeFile file, TapeFile.@Nullable Start start, long number) throws IOException {
        this.file = file;
        this.number = number;
        this.begun = start != null;
        this.session = start == null ? 0 : start.session() - 1;
        this.lines = new TapeLines(file, start == null ? 0 : start.offset(), start == null ? 0 : start.before());
    }

    @Override
    public @Nullable StripeEntry next() {
        StripeRecord record = complete();
        while (record == null && readOn()) {
            record = complete();
        }
        return record;
    }

    private @Nullable StripeRecord complete() {
        SessionText of = current;
        byte[] events = of == null ? null : of.poll();
        if (of == null || events == null) {
            return null;
        }
        return new StripeRecord(number, number++, of.number(), events, 0, events.length);
    }

    /** Reads on until a record may be complete; false at the end of the tape. */
    private boolean readOn() {
        try {
            String line = waiting != null ? waiting : nextLine();
            waiting = null;
            SessionText now = current;
            if (line == null || TapeWords.begins(line, TextTape.SESSION)) {
                if (now != null && !now.ended()) {
                    // Its last records come first, so that the next session's are numbered behind them.
                    now.end();
                    waiting = line;
                    return true;
                }
                current = null;
                return line != null && begin(line);
            }
            if (now == null) {
                throw new TapeProblem("a line belongs to no session; a session begins with \"session\"");
            }
            if (TapeWords.begins(line, TextTape.DIGEST)) {
                digest(now, line);
            } else {
                said(now, line);
                now.line(line);
            }
            return true;
        } catch (TapeProblem e) {
            throw file.damaged("line " + Math.max(1, lines.number()), e.what());
        } catch (NotationException e) {
            throw file.damaged("line " + lines.number(), e.problem());
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** Compares the lines of the session with the digest that was written behind them. */
    private void digest(SessionText of, String line) {
        TapeWords words = TapeWords.of(line);
        String written = words.text("the digest");
        words.requireExhausted();
        if (digested || !written.equals(digest.hex())) {
            file.edited(of.number());
        }
        digested = true;
    }

    private void said(SessionText of, String line) {
        digest.add(line);
        if (digested) {
            file.edited(of.number());
        }
    }

    private boolean begin(String line) {
        session++;
        digest = new LineDigest();
        digested = false;
        digest.add(line);
        file.begins(number, new TapeFile.Start(lines.offset(), session, lines.number() - 1));
        current = new SessionText(session, line);
        return true;
    }

    /** Returns the next line that says something. */
    private @Nullable String nextLine() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            String words = line.strip();
            if (words.isEmpty() || words.startsWith("#")) {
                continue;
            }
            if (begun) {
                return words;
            }
            TapeWords.requireVersion(words);
            begun = true;
        }
        return null;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }
}
