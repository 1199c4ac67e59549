package org.pgreel.replay.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.pgreel.protocol.wire.Bytes;

/**
 * Bytes that are too many for the memory, in a temporary file that is deleted as soon as it is open, or when the program
 * ends where files cannot be deleted while they are open. It is written first and read afterwards.
 */
final class SpillFile {
    private static final int SEGMENT_BYTES = 1 << 28;

    private final FileChannel channel;
    private final Map<Long, ByteBuffer> segments = new HashMap<>();
    private long length;

    SpillFile() {
        try {
            Path file = Files.createTempFile("pgreel-replay", ".bytes");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file for a large recording cannot be made", e);
        }
    }

    long length() {
        return length;
    }

    void append(Bytes bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toArray());
        try {
            while (buffer.hasRemaining()) {
                length += channel.write(buffer, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file for a large recording cannot be written", e);
        }
    }

    /** Copies bytes into an array. */
    void read(long from, byte[] into) {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    throw new IllegalArgumentException("Bytes behind the end of a recording were asked for");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file for a large recording cannot be read", e);
        }
    }

    /** Returns a view of bytes that is shared and may not be written; what lies across two segments is copied. */
    ByteBuffer slice(long from, int count) {
        long segment = from / SEGMENT_BYTES;
        if ((from + count - 1) / SEGMENT_BYTES != segment) {
            byte[] copy = new byte[count];
            read(from, copy);
            return ByteBuffer.wrap(copy);
        }
        return segments.computeIfAbsent(segment, this::map).slice((int) (from % SEGMENT_BYTES), count);
    }

    private ByteBuffer map(long segment) {
        long start = segment * SEGMENT_BYTES;
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(SEGMENT_BYTES, length - start));
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file for a large recording cannot be mapped", e);
        }
    }
}
