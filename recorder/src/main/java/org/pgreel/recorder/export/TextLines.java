package org.pgreel.recorder.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes text as UTF-8; to be used where nothing may be thrown. */
final class TextLines implements Appendable {

    private final OutputStream out;

    TextLines(OutputStream out) {
        this.out = out;
    }

    TextLines line(String line) {
        return append(line).append('\n');
    }

    @Override
    public TextLines append(CharSequence text) {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @Override
    public TextLines append(CharSequence text, int from, int to) {
        return append(text.subSequence(from, to));
    }

    @Override
    public TextLines append(char c) {
        return append(String.valueOf(c));
    }
}
