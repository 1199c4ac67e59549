package org.pgreel.benchmarks.canned;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the names of statements or portals stand for, found by a hash of the name's bytes: no String is made of it. */
final class Names<T> {

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[8];
    private @Nullable Object[] things = new Object[8];
    private int count;

    /** Reads a name and the NUL behind it, and returns its hash. */
    static long read(ByteBuf in) {
        long hash = FNV_BASIS;
        for (byte next = in.readByte(); next != 0; next = in.readByte()) {
            hash = (hash ^ next) * FNV_PRIME;
        }
        return hash;
    }

    void put(long name, T thing) {
        for (int i = 0; i < count; i++) {
            if (hashes[i] == name) {
                things[i] = thing;
                return;
            }
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            things = Arrays.copyOf(things, 2 * count);
        }
        hashes[count] = name;
        things[count++] = thing;
    }

    @SuppressWarnings("unchecked")
    T get(long name) {
        for (int i = 0; i < count; i++) {
            if (hashes[i] == name) {
                return (T) things[i];
            }
        }
        throw new IllegalStateException("a name that was never given");
    }
}
