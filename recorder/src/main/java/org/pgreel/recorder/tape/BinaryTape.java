package org.pgreel.recorder.tape;

import java.nio.charset.StandardCharsets;

/**
 * The binary form of a tape.
 *
 * <pre>
 *  magic(8) version(4) schema(4)
 *  block …      'B' unit(4) length of each column(4 each) packed(4) bytes …
 *  end          'E' sessions(4) events(8) SHA-256(32)
 * </pre>
 *
 * <p>All numbers are big-endian. The bytes of a block are one zlib stream a {@link BlockColumn}, each unpacked as long as
 * the header says. Blocks do not need each other. The hash runs over all that stands before it.
 *
 * <p>What is alike stands together: kinds of events in one column, their times in two, what is said in two more, one a
 * direction. Numbers in decimal digits are taken out of what is said, see {@link NumberTemplates}, and the length of a
 * message is not written at all, since it follows; so statements that differ in their numbers only become equal. A time is
 * what passed since the event before, in the block's unit: a thousand nanoseconds if all its times are whole microseconds,
 * else one.
 *
 * <p>Version 1 had one zlib stream a block, of what tells of the events and the bytes of the two directions. It is still
 * read.
 */
final class BinaryTape {

    static final byte[] MAGIC = "PgReel\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int FIRST_VERSION = 1;
    static final int VERSION = 2;
    static final int HEADER_BYTES = MAGIC.length + 8;

    static final int BLOCK = 'B';
    static final int END = 'E';
    static final int HASH_BYTES = 32;
    static final int END_BYTES = 1 + 4 + 8 + HASH_BYTES;

    /** A block is packed as soon as it holds so much. */
    static final int BLOCK_FULL_BYTES = 1024 * 1024;

    /** A session does not begin in a block that holds so much, so that not much stands before any session. */
    static final int SESSION_BLOCK_BYTES = 512 * 1024;

    /** What each part of a block may announce. */
    static final int PART_BYTES_MAX = 4 * 1024 * 1024;

    static final int PACKED_BYTES_MAX = 3 * PART_BYTES_MAX + 64 * 1024;

    private BinaryTape() {}
}
