package org.pgreel.recorder.export;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Makes IP packets with TCP in them, checksums and all, between two addresses of one family. */
final class IpPackets {

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PUSH = 8;
    static final int ACK = 16;

    private static final int TCP = 6;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int IP4_HEADER_BYTES = 20;
    private static final int IP6_HEADER_BYTES = 40;
    private static final int HOPS = 64;
    private static final int WINDOW = 0xffff;

    /** Largest segment 65,483 bytes, windows are 128 times what the header says: so nobody runs out of them. */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) 0xff, (byte) 0xcb, 1, 3, 3, 7};

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final byte[][] addresses;
    private final int[] ports;
    private final boolean ip6;
    private int identification;

    /** What is said between the two; the client is 0, the server 1. */
    IpPackets(InetAddress client, int clientPort, InetAddress server, int serverPort) {
        this.ip6 = !(client instanceof Inet4Address && server instanceof Inet4Address);
        this.addresses = new byte[][] {bytes(client), bytes(server)};
        this.ports = new int[] {clientPort, serverPort};
    }

    /** Returns the address if the text is one of IPv4 or IPv6, and that of this machine otherwise; asks nobody. */
    static InetAddress address(String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return ADDRESS.matcher(host).matches()
                    ? InetAddress.getByName(host)
                    : InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private byte[] bytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!ip6 || bytes.length == 16) {
            return bytes;
        }
        // An address of IPv4 among those of IPv6: ::ffff:a.b.c.d.
        return ByteBuffer.allocate(16)
                .putLong(0)
                .putShort((short) 0)
                .putShort((short) -1)
                .put(bytes)
                .array();
    }

    byte[] packet(int sender, int flags, long sequence, long acknowledged, byte[] data, int from, int to) {
        byte[] options = (flags & SYN) != 0 ? SYN_OPTIONS : new byte[0];
        int tcpHeader = TCP_HEADER_BYTES + options.length;
        int tcpLength = tcpHeader + to - from;
        ByteBuffer packet = ByteBuffer.allocate((ip6 ? IP6_HEADER_BYTES : IP4_HEADER_BYTES) + tcpLength);
        if (ip6) {
            packet.putInt(6 << 28).putShort((short) tcpLength).put((byte) TCP).put((byte) HOPS);
        } else {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) (IP4_HEADER_BYTES + tcpLength));
            packet.putShort((short) identification++).putShort((short) 0x4000);
            packet.put((byte) HOPS).put((byte) TCP).putShort((short) 0);
        }
        packet.put(addresses[sender]).put(addresses[1 - sender]);
        int tcpAt = packet.position();
        packet.putShort((short) ports[sender]).putShort((short) ports[1 - sender]);
        packet.putInt((int) sequence).putInt((flags & ACK) == 0 ? 0 : (int) acknowledged);
        packet.put((byte) (tcpHeader / 4 << 4)).put((byte) flags).putShort((short) WINDOW);
        packet.putShort((short) 0).putShort((short) 0).put(options).put(data, from, to - from);
        if (!ip6) {
            packet.putShort(10, folded(sum(packet.array(), 0, IP4_HEADER_BYTES, 0)));
        }
        int addressAt = tcpAt - 2 * addresses[0].length;
        long pseudoHeader = sum(packet.array(), addressAt, tcpAt, (long) TCP + tcpLength);
        packet.putShort(tcpAt + 16, folded(sum(packet.array(), tcpAt, packet.capacity(), pseudoHeader)));
        return packet.array();
    }

    private static long sum(byte[] bytes, int from, int to, long before) {
        long sum = before;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
        }
        return sum;
    }

    private static short folded(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
