package org.pgreel.recorder.tape;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time, none longer than is allowed. Confined to one thread. */
final class TapeLines implements Closeable {

    private final InputStream in;
    private final GrowingBytes line = new GrowingBytes();
    private long number;
    private long offset;
    private long nextOffset;

    /**
     * Opens the file.
     *
     * @param from the offset at which a line begins
     * @param before how many lines stand before it
     */
    TapeLines(TapeFile file, long from, long before) throws IOException {
        this.in = new BufferedInputStream(file.read(from), 64 * 1024);
        this.nextOffset = from;
        this.number = before;
    }

    /** Returns the number of the last line, from 1. */
    long number() {
        return number;
    }

    /** Returns where the last line begins. */
    long offset() {
        return offset;
    }

    /** Returns the next line without its end; null if there is none. */
    @Nullable
    String next() throws IOException {
        line.clear();
        offset = nextOffset;
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        number++;
        while (octet >= 0 && octet != '\n') {
            line.octet(octet);
            if (line.length() > TextTape.LINE_BYTES_MAX) {
                throw new TapeProblem("a line is longer than " + TextTape.LINE_BYTES_MAX + " bytes");
            }
            octet = in.read();
        }
        nextOffset = offset + line.length() + (octet < 0 ? 0 : 1);
        int length = line.length();
        if (length > 0 && line.array()[length - 1] == '\r') {
            length--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.array(), 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TapeProblem("the line is not UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
