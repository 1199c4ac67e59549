package org.pgreel.recorder.importing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A segment of TCP as it was captured.
 *
 * @param from the sender's address and port
 * @param to the receiver's
 * @param sequence the number of its first byte
 * @param flags FIN, SYN, RST and the others as in the header
 * @param data what it carries
 */
record TcpSegment(String from, String to, long sequence, int flags, byte[] data) {

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    private static final int IP4 = 0x0800;
    private static final int IP6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int TCP = 6;

    /** Returns the segment in a packet; null if there is none. */
    static @Nullable TcpSegment of(CaptureFile.Frame packet) {
        try {
            return link(packet.linkType(), packet.bytes().order(ByteOrder.BIG_ENDIAN));
        } catch (IndexOutOfBoundsException | UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable TcpSegment link(int linkType, ByteBuffer bytes) throws UnknownHostException {
        return switch (linkType) {
            case 0, 108 -> ip(bytes, 4);
            case 1 -> ethernet(bytes);
            case 12, 14, 101, 228, 229 -> ip(bytes, 0);
            case 113 -> ip(bytes, 16);
            case 276 -> ip(bytes, 20);
            default ->
                throw new ImportException("The capture is of a kind of network (" + linkType
                        + ") that is not known; those of Ethernet, loopback, \"any\" and bare IP are.");
        };
    }

    private static @Nullable TcpSegment ethernet(ByteBuffer bytes) throws UnknownHostException {
        int at = 12;
        int type = bytes.getShort(at) & 0xffff;
        if (type == VLAN) {
            at += 4;
            type = bytes.getShort(at) & 0xffff;
        }
        return type == IP4 || type == IP6 ? ip(bytes, at + 2) : null;
    }

    private static @Nullable TcpSegment ip(ByteBuffer bytes, int at) throws UnknownHostException {
        int version = (bytes.get(at) & 0xff) >> 4;
        if (version == 4) {
            int header = (bytes.get(at) & 0xf) * 4;
            int total = bytes.getShort(at + 2) & 0xffff;
            // Where the network card cuts segments, the length is not filled in yet.
            int end = total == 0 ? bytes.capacity() : at + total;
            boolean part = (bytes.getShort(at + 6) & 0x3fff) != 0;
            return bytes.get(at + 9) != TCP || part ? null : tcp(bytes, at + header, end, at + 12, 4);
        }
        if (version == 6 && bytes.get(at + 6) == TCP) {
            int payload = bytes.getShort(at + 4) & 0xffff;
            return tcp(bytes, at + 40, payload == 0 ? bytes.capacity() : at + 40 + payload, at + 8, 16);
        }
        return null;
    }

    private static TcpSegment tcp(ByteBuffer bytes, int at, int end, int addresses, int length)
            throws UnknownHostException {
        int header = ((bytes.get(at + 12) & 0xff) >> 4) * 4;
        byte[] data = new byte[Math.max(0, Math.min(end, bytes.capacity()) - at - header)];
        bytes.get(at + header, data);
        return new TcpSegment(
                address(bytes, addresses, length) + ":" + (bytes.getShort(at) & 0xffff),
                address(bytes, addresses + length, length) + ":" + (bytes.getShort(at + 2) & 0xffff),
                bytes.getInt(at + 4) & 0xffff_ffffL,
                bytes.get(at + 13) & 0xff,
                data);
    }

    private static String address(ByteBuffer bytes, int at, int length) throws UnknownHostException {
        byte[] address = new byte[length];
        bytes.get(at, address);
        String text = InetAddress.getByAddress(address).getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
