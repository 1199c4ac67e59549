package org.pgreel.replay.source;

import java.nio.ByteBuffer;

/**
 * Recorded bytes that are too many for the memory and lie in a file: a stretch of one direction of a connection. Confined to
 * the thread of who plays the recording.
 */
public final class StoredBytes {
    private final SpillFile file;
    private final long from;
    private final long length;

    StoredBytes(SpillFile file, long from, long length) {
        this.file = file;
        this.from = from;
        this.length = length;
    }

    /** Returns how many they are. */
    public long length() {
        return length;
    }

    /** Returns some of them in a buffer that is shared and may not be changed. */
    public ByteBuffer slice(long at, int count) {
        return file.slice(from + at, count);
    }

    /** Returns a copy of some of them. */
    public byte[] copy(long at, int count) {
        byte[] copy = new byte[count];
        file.read(from + at, copy);
        return copy;
    }

    /** Returns a stretch of them. */
    public StoredBytes part(long at, long count) {
        return new StoredBytes(file, from + at, count);
    }
}
