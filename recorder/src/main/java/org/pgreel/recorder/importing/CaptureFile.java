package org.pgreel.recorder.importing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets of a capture: pcapng, or the older pcap that tcpdump writes, in either order of bytes. */
final class CaptureFile {

    private static final int SECTION = 0x0a0d0d0a;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int PCAP_MICROS = 0xa1b2c3d4;
    private static final int PCAP_NANOS = 0xa1b23c4d;
    private static final int BLOCK_BYTES_MAX = 16 * 1024 * 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A packet as it lay on an interface. */
    record Frame(long nanos, int linkType, ByteBuffer bytes, boolean cut) {}

    private record Interface(int linkType, long ticksPerSecond) {}

    private final InputStream in;
    private final List<Interface> interfaces = new ArrayList<>();
    private final boolean classic;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long at;

    CaptureFile(InputStream in) throws IOException {
        this.in = in;
        int magic;
        try {
            magic = wrap(read(4)).getInt();
        } catch (EOFException e) {
            magic = 0;
        }
        this.classic = magic != SECTION;
        try {
            if (classic) {
                classic(magic);
            } else {
                section();
            }
        } catch (EOFException e) {
            throw new ImportException("The capture ends within its header, behind " + at + " bytes.");
        }
    }

    private void classic(int magic) throws IOException {
        int turned = Integer.reverseBytes(magic);
        boolean little = turned == PCAP_MICROS || turned == PCAP_NANOS;
        if (!little && magic != PCAP_MICROS && magic != PCAP_NANOS) {
            throw new ImportException("The file is neither pcapng nor pcap.");
        }
        order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        boolean nanos = magic == PCAP_NANOS || turned == PCAP_NANOS;
        ByteBuffer header = wrap(read(20));
        interfaces.add(new Interface(header.getInt(16) & 0xffff, nanos ? NANOS_PER_SECOND : 1_000_000));
    }

    /** Takes no more room than has come, whatever the file announces. */
    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        at += count;
        return bytes;
    }

    private ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(order);
    }

    private void require(boolean right, String what) {
        if (!right) {
            throw new ImportException("Byte " + at + " of the capture: " + what + " cannot be.");
        }
    }

    /** Reads the rest of a section's header, whose first field is read. */
    private void section() throws IOException {
        byte[] head = read(8);
        order = ByteBuffer.wrap(head).getInt(4) == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        require(wrap(head).getInt(4) == BYTE_ORDER_MAGIC, "a section in that order of bytes");
        int length = wrap(head).getInt(0);
        require(length >= 28 && length <= BLOCK_BYTES_MAX && length % 4 == 0, "a block of " + length + " bytes");
        read(length - 12);
        interfaces.clear();
    }

    /** Returns the next packet; null at the end. A file that is cut ends with its last whole packet. */
    @Nullable
    Frame next() throws IOException {
        try {
            Frame packet = null;
            while (packet == null) {
                packet = classic ? record() : block();
            }
            return packet;
        } catch (EOFException e) {
            return null;
        }
    }

    private Frame record() throws IOException {
        ByteBuffer header = wrap(read(16));
        int length = header.getInt(8);
        require(length >= 0 && length <= BLOCK_BYTES_MAX, "a packet of " + length + " bytes");
        Interface on = interfaces.get(0);
        long nanos = (header.getInt(0) & 0xffff_ffffL) * NANOS_PER_SECOND
                + (header.getInt(4) & 0xffff_ffffL) * (NANOS_PER_SECOND / on.ticksPerSecond());
        return new Frame(nanos, on.linkType(), ByteBuffer.wrap(read(length)), header.getInt(12) > length);
    }

    private @Nullable Frame block() throws IOException {
        int type = wrap(read(4)).getInt();
        if (type == SECTION) {
            section();
            return null;
        }
        int length = wrap(read(4)).getInt();
        require(length >= 12 && length <= BLOCK_BYTES_MAX && length % 4 == 0, "a block of " + length + " bytes");
        ByteBuffer body = wrap(read(length - 12));
        read(4);
        if (type == 1 && body.capacity() >= 8) {
            int linkType = body.getShort(0) & 0xffff;
            interfaces.add(new Interface(linkType, ticks(body.position(8))));
        } else if (type == 6 && body.capacity() >= 20) {
            return packet(body);
        }
        return null;
    }

    private Frame packet(ByteBuffer body) {
        int number = body.getInt(0);
        int length = body.getInt(12);
        require(
                number >= 0 && number < interfaces.size() && length >= 0 && length <= body.capacity() - 20,
                "a packet of " + length + " bytes on interface " + number);
        Interface on = interfaces.get(number);
        long ticks = (body.getInt(4) & 0xffff_ffffL) << 32 | body.getInt(8) & 0xffff_ffffL;
        long whole = Long.divideUnsigned(ticks, on.ticksPerSecond());
        long part = Long.remainderUnsigned(ticks, on.ticksPerSecond());
        long nanos = whole * NANOS_PER_SECOND + Math.round((double) part * NANOS_PER_SECOND / on.ticksPerSecond());
        return new Frame(nanos, on.linkType(), body.slice(20, length), body.getInt(16) > length);
    }

    /** Looks among the options of an interface for the resolution of its times; microseconds if it is not told. */
    private static long ticks(ByteBuffer options) {
        while (options.remaining() >= 4) {
            int code = options.getShort();
            int length = options.getShort() & 0xffff;
            if (code == 0 || length > options.remaining()) {
                break;
            }
            if (code == 9 && length == 1) {
                int exponent = options.get(options.position());
                return exponent < 0 ? 1L << Math.min(62, exponent & 0x7f) : (long) Math.pow(10, Math.min(18, exponent));
            }
            options.position(Math.min(options.limit(), options.position() + (length + 3 & ~3)));
        }
        return 1_000_000;
    }
}
