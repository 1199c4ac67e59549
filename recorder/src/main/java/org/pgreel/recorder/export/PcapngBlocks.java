package org.pgreel.recorder.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng): one section, one interface of bare IP packets. */
final class PcapngBlocks {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    /** LINKTYPE_RAW: packets begin with the header of IPv4 or IPv6. */
    private static final short LINK_TYPE_RAW = 101;

    private static final short OPTION_COMMENT = 1;
    private static final short OPTION_NAME = 2;
    private static final short OPTION_USER_APPLICATION = 4;
    private static final short OPTION_TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private final OutputStream out;

    PcapngBlocks(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer section = body(64);
        section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(section, OPTION_USER_APPLICATION, "PgReel".getBytes(StandardCharsets.UTF_8));
        block(SECTION_HEADER, section.putInt(0));
        ByteBuffer description = body(64);
        description.putShort(LINK_TYPE_RAW).putShort((short) 0).putInt(0);
        option(description, OPTION_NAME, "recording".getBytes(StandardCharsets.UTF_8));
        option(description, OPTION_TIME_RESOLUTION, new byte[] {NANOSECONDS});
        block(INTERFACE_DESCRIPTION, description.putInt(0));
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static void option(ByteBuffer body, short code, byte[] value) {
        body.putShort(code).putShort((short) value.length).put(value);
        body.position(body.position() + padded(value.length) - value.length);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int total = body.position() + 12;
        byte[] block = new byte[total];
        ByteBuffer.wrap(block)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(total)
                .put(body.flip())
                .putInt(total);
        out.write(block);
    }

    /**
     * Writes a packet.
     *
     * @param nanos when, since 1970
     * @param comment what a person is told of it; empty for nothing
     */
    void packet(long nanos, byte[] packet, String comment) throws IOException {
        byte[] words = comment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(32 + padded(packet.length) + padded(words.length));
        body.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        body.position(20 + padded(packet.length));
        if (words.length > 0) {
            option(body, OPTION_COMMENT, words);
            body.putInt(0);
        }
        block(ENHANCED_PACKET, body);
    }
}
