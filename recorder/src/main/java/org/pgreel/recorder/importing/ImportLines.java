package org.pgreel.recorder.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.WireText;

/** The lines of a file, each bounded before it is held. Confined to one thread. */
final class ImportLines {

    /** A message of 16 MiB in hexadecimal digits, and some more. */
    private static final int LINE_BYTES_MAX = 80 * 1024 * 1024;

    private final InputStream in;
    private long number;

    ImportLines(InputStream in) {
        this.in = in;
    }

    /** Returns the number of the last line, from 1. */
    long number() {
        return number;
    }

    /** Returns the next line as text, bytes that are none as {@link WireText} has them; null at the end. */
    @Nullable
    String next() throws IOException {
        byte[] bytes = nextBytes();
        return bytes == null ? null : WireText.decode(bytes, 0, bytes.length);
    }

    /** Returns the next line without its end, a character a byte; null at the end. */
    @Nullable
    String nextLatin() throws IOException {
        byte[] bytes = nextBytes();
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] nextBytes() throws IOException {
        var line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        number++;
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
            if (line.size() > LINE_BYTES_MAX) {
                throw new ImportException("Line " + number + " is longer than " + LINE_BYTES_MAX + " bytes.");
            }
        }
        return line.toByteArray();
    }
}
