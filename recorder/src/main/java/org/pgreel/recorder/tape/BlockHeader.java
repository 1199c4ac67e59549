package org.pgreel.recorder.tape;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the bytes of a block.
 *
 * @param unit how many nanoseconds its times count
 * @param parts how long the parts of a block are when they are unpacked: meta, frontend and backend of version 1, later
 *     one a {@link BlockColumn}
 * @param packed bytes in the file
 */
record BlockHeader(int unit, int[] parts, int packed) {

    private static final int FIRST_PARTS = 3;

    /** Returns how long headers of a version are, without the letter. */
    static int bytes(int version) {
        return version == BinaryTape.FIRST_VERSION ? 4 * (FIRST_PARTS + 1) : 4 * (BlockColumn.COUNT + 2);
    }

    /** Reads what follows the letter. */
    static BlockHeader of(int version, ByteBuffer header) {
        boolean first = version == BinaryTape.FIRST_VERSION;
        ByteBuffer in = header.duplicate();
        int unit = first ? 1 : in.getInt();
        int[] parts = new int[first ? FIRST_PARTS : BlockColumn.COUNT];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = in.getInt();
        }
        return new BlockHeader(unit, parts, in.getInt());
    }

    /** Returns what is wrong with it; null if nothing is. */
    @Nullable
    String problem() {
        for (int bytes : parts) {
            if (bytes < 0 || bytes > BinaryTape.PART_BYTES_MAX) {
                return "a block announces " + Integer.toUnsignedString(bytes) + " bytes where "
                        + BinaryTape.PART_BYTES_MAX + " are allowed";
            }
        }
        if (unit < 1) {
            return "a block counts time in units of " + unit + " nanoseconds";
        }
        return packed < 1 || packed > BinaryTape.PACKED_BYTES_MAX
                ? "a block announces " + Integer.toUnsignedString(packed) + " packed bytes where "
                        + BinaryTape.PACKED_BYTES_MAX + " are allowed"
                : null;
    }

    int unpacked() {
        int sum = 0;
        for (int bytes : parts) {
            sum += bytes;
        }
        return sum;
    }
}
