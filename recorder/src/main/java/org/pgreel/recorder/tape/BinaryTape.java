package org.pgreel.recorder.tape;

import java.nio.charset.StandardCharsets;

/**
 * The binary form of a tape.
 *
 * <pre>
 *  magic(8) version(4) schema(4)
 *  block …      'B' meta(4) frontend(4) backend(4) packed(4) bytes …
 *  end          'E' sessions(4) events(8) SHA-256(32)
 * </pre>
 *
 * <p>All numbers are big-endian. The bytes of a block are one zlib stream; unpacked they are what tells of the events,
 * then the bytes of the frontend, then those of the backend, each as long as its header says. The hash runs over all that
 * stands before it. What tells of an event is a byte with its kind, the nanoseconds since the event before, and what a
 * chunk does not share with a chunk that was masked by this program, or the body of the event's form in a journal.
 */
final class BinaryTape {

    static final byte[] MAGIC = "PgReel\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int HEADER_BYTES = MAGIC.length + 8;

    static final int BLOCK = 'B';
    static final int END = 'E';
    static final int BLOCK_HEADER_BYTES = 1 + 4 * 4;
    static final int HASH_BYTES = 32;
    static final int END_BYTES = 1 + 4 + 8 + HASH_BYTES;

    /** A block is packed as soon as it holds so much. */
    static final int BLOCK_FULL_BYTES = 1024 * 1024;

    /** A session does not begin in a block that holds so much, so that not much stands before any session. */
    static final int SESSION_BLOCK_BYTES = 128 * 1024;

    /** What the parts of a block may announce. */
    static final int PART_BYTES_MAX = 4 * 1024 * 1024;

    static final int PACKED_BYTES_MAX = 3 * PART_BYTES_MAX + 64 * 1024;

    /** A session begins; not the code of any event. */
    static final int SESSION = 0;

    static final int KIND_MASK = 0x0f;
    static final int CHUNK_WRITTEN = 3;
    static final int CHUNK_READ = 4;

    /** The chunk is not of connection 1, and says of which. */
    static final int OTHER_CONNECTION = 0x10;

    /** The chunk says itself what stands before and in it. */
    static final int OWN_MARKS = 0x20;

    private BinaryTape() {}
}
