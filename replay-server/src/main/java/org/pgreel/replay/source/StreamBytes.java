package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;

/** All bytes of one direction of a connection, from which stretches are cut by their offsets. */
final class StreamBytes {
    private final List<Bytes> chunks = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private long length;

    void append(Bytes chunk) {
        if (!chunk.isEmpty()) {
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
