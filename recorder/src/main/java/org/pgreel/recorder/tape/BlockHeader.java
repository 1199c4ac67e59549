package org.pgreel.recorder.tape;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How long the parts of a block are.
 *
 * @param meta bytes that tell of events
 * @param frontend bytes of the frontend
 * @param backend bytes of the backend
 * @param packed bytes in the file
 */
record BlockHeader(int meta, int frontend, int backend, int packed) {

    /** Reads what follows the letter. */
    static BlockHeader of(ByteBuffer header) {
        return new BlockHeader(header.getInt(0), header.getInt(4), header.getInt(8), header.getInt(12));
    }

    /** Returns what is wrong with a header; null if nothing is. */
    static @Nullable String problem(ByteBuffer header) {
        for (int part = 0; part < 3; part++) {
            int bytes = header.getInt(4 * part);
            if (bytes < 0 || bytes > BinaryTape.PART_BYTES_MAX) {
                return "a block announces " + Integer.toUnsignedString(bytes) + " bytes where "
                        + BinaryTape.PART_BYTES_MAX + " are allowed";
            }
        }
        int packed = header.getInt(12);
        return packed < 1 || packed > BinaryTape.PACKED_BYTES_MAX
                ? "a block announces " + Integer.toUnsignedString(packed) + " packed bytes where "
                        + BinaryTape.PACKED_BYTES_MAX + " are allowed"
                : null;
    }

    int unpacked() {
        return meta + frontend + backend;
    }
}
