package org.pgreel.recorder.export;

import java.io.IOException;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** One connection as TCP would have carried it: handshake, segments with their acknowledgements, end. */
final class TcpConversation {

    /** What fits an IPv4 packet behind both headers. */
    private static final int SEGMENT_BYTES_MAX = 65_495;

    /** The receiver says so when it has got so much without saying anything. */
    private static final int UNACKNOWLEDGED_BYTES_MAX = 512 * 1024;

    private static final byte[] NOTHING = {};

    private final PcapngBlocks blocks;
    private final IpPackets packets;

    /** The next sequence number of each side; the first are fixed so that the same sessions give the same bytes. */
    private final long[] next = {1_000_000, 2_000_000};

    private final long[] acknowledged = next.clone();
    private long nanos;

    TcpConversation(PcapngBlocks blocks, IpPackets packets) {
        this.blocks = blocks;
        this.packets = packets;
    }

    void open(long at, String comment) throws IOException {
        nanos = at;
        send(0, IpPackets.SYN, NOTHING, 0, 0, comment);
        send(1, IpPackets.SYN | IpPackets.ACK, NOTHING, 0, 0, "");
        send(0, IpPackets.ACK, NOTHING, 0, 0, "");
    }

    void data(Direction direction, long at, byte[] bytes) throws IOException {
        nanos = at;
        int sender = direction == Direction.FRONTEND ? 0 : 1;
        for (int from = 0; from < bytes.length; from += SEGMENT_BYTES_MAX) {
            int to = Math.min(bytes.length, from + SEGMENT_BYTES_MAX);
            send(sender, IpPackets.ACK | IpPackets.PUSH, bytes, from, to, "");
            if (next[sender] - acknowledged[sender] > UNACKNOWLEDGED_BYTES_MAX) {
                send(1 - sender, IpPackets.ACK, NOTHING, 0, 0, "");
            }
        }
    }

    void close(long at, EndKind how, By by) throws IOException {
        nanos = at;
        int first = by == By.CLIENT ? 0 : 1;
        String comment = by == By.PROXY || how == EndKind.TIMEOUT || how == EndKind.LOCAL
                ? "ended by the " + JsonLinesExport.word(by) + ": " + JsonLinesExport.word(how)
                : "";
        if (how == EndKind.RESET) {
            send(first, IpPackets.RST | IpPackets.ACK, NOTHING, 0, 0, comment);
            return;
        }
        send(first, IpPackets.FIN | IpPackets.ACK, NOTHING, 0, 0, comment);
        send(1 - first, IpPackets.FIN | IpPackets.ACK, NOTHING, 0, 0, "");
        send(first, IpPackets.ACK, NOTHING, 0, 0, "");
    }

    private void send(int sender, int flags, byte[] data, int from, int to, String comment) throws IOException {
        byte[] packet = packets.packet(sender, flags, next[sender], next[1 - sender], data, from, to);
        blocks.packet(nanos, packet, comment);
        next[sender] += to - from + ((flags & (IpPackets.SYN | IpPackets.FIN)) != 0 ? 1 : 0);
        acknowledged[1 - sender] = next[1 - sender];
    }
}
