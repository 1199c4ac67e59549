package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** All bytes of one direction of a connection, from which stretches are cut by their offsets. Many lie in a file. */
final class StreamBytes {
    private static final int MEMORY_BYTES_MAX = 8 << 20;

    private final List<Bytes> chunks = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private @Nullable SpillFile file;
    private long length;

    void append(Bytes chunk) {
        if (file == null && length + chunk.length() > MEMORY_BYTES_MAX) {
            file = new SpillFile();
            chunks.forEach(file::append);
            chunks.clear();
            starts.clear();
        }
        if (file != null) {
            file.append(chunk);
            length += chunk.length();
        } else if (!chunk.isEmpty()) {
            chunks.add(chunk);
            starts.add(length);
            length += chunk.length();
        }
    }

    long length() {
        return length;
    }

    /** Returns the bytes between the offsets; what lies behind the end of the stream is left out. */
    byte[] cut(long from, long to) {
        byte[] cut = new byte[Math.toIntExact(Math.max(0, Math.min(to, length) - from))];
        if (file != null) {
            file.read(from, cut);
            return cut;
        }
        int at = 0;
        for (int i = chunkAt(from); at < cut.length; i++) {
            Bytes chunk = chunks.get(i);
            int first = (int) (from + at - starts.get(i));
            int end = Math.min(chunk.length(), first + cut.length - at);
            chunk.slice(first, end).copyTo(cut, at);
            at += end - first;
        }
        return cut;
    }

    /** Returns the bytes between the offsets where they lie; null if they lie in memory. */
    @Nullable
    StoredBytes stored(long from, long to) {
        return file == null ? null : new StoredBytes(file, from, Math.min(to, length) - from);
    }

    private int chunkAt(long offset) {
        int low = 0;
        int high = starts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
