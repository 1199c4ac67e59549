package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strikes mechanisms with channel binding from the server's AuthenticationSASL.
 *
 * <p>A client that talks plaintext to the proxy refuses an offer of {@code SCRAM-SHA-256-PLUS}. Only this one message is
 * ever changed: the first AuthenticationSASL, and only if nothing but notices and NegotiateProtocolVersion comes before
 * it. Bytes are kept back only until that is decided, and at most 8 KiB of a message.
 */
final class MechanismOffer implements LoginFilter {

    private static final int HEADER_BYTES = 5;
    private static final int CODE_BYTES = 4;
    private static final int SASL = 10;
    private static final int MESSAGE_BYTES_MAX = 8 * 1024;

    private byte[] kept = new byte[0];
    private boolean done;

    /** Returns whether the message has passed, so that nothing needs to be looked at any more. */
    @Override
    public boolean done() {
        return done && kept.length == 0;
    }

    @Override
    public ByteBuf fromClient(ByteBuf bytes) {
        return bytes;
    }

    @Override
    public ByteBuf fromServer(ByteBuf bytes) {
        if (done) {
            return bytes;
        }
        byte[] all = Arrays.copyOf(kept, kept.length + bytes.readableBytes());
        bytes.readBytes(all, kept.length, all.length - kept.length);
        bytes.release();
        kept = new byte[0];
        int at = 0;
        while (!done && all.length - at >= HEADER_BYTES) {
            int length = int4(all, at + 1);
            boolean request = all[at] == 'R';
            boolean passedOver = all[at] == 'v' || all[at] == 'N';
            if (!(request || passedOver) || length < 4 || length > MESSAGE_BYTES_MAX) {
                // Anything else first: the login takes another course.
                done = true;
            } else if (all.length - at < 1 + length) {
                break;
            } else if (request) {
                done = true;
                if (length >= 4 + CODE_BYTES && int4(all, at + HEADER_BYTES) == SASL) {
                    all = withoutBinding(all, at, 1 + length);
                }
            } else {
                at += 1 + length;
            }
        }
        if (done) {
            return Unpooled.wrappedBuffer(all);
        }
        kept = all;
        return Unpooled.EMPTY_BUFFER;
    }

    private static byte[] withoutBinding(byte[] all, int at, int length) {
        byte[] result = new byte[all.length];
        int listFrom = at + HEADER_BYTES + CODE_BYTES;
        System.arraycopy(all, 0, result, 0, listFrom);
        int to = listFrom;
        int from = listFrom;
        int end = at + length;
        while (from < end) {
            int zero = from;
            while (zero < end && all[zero] != 0) {
                zero++;
            }
            int next = Math.min(zero + 1, end);
            String name = new String(all, from, zero - from, StandardCharsets.US_ASCII);
            if (!name.endsWith("-PLUS")) {
                System.arraycopy(all, from, result, to, next - from);
                to += next - from;
            }
            from = next;
        }
        int newLength = to - at - 1;
        result[at + 1] = (byte) (newLength >>> 24);
        result[at + 2] = (byte) (newLength >>> 16);
        result[at + 3] = (byte) (newLength >>> 8);
        result[at + 4] = (byte) newLength;
        System.arraycopy(all, end, result, to, all.length - end);
        return Arrays.copyOf(result, to + all.length - end);
    }

    private static int int4(byte[] buffer, int at) {
        return ((buffer[at] & 0xff) << 24)
                | ((buffer[at + 1] & 0xff) << 16)
                | ((buffer[at + 2] & 0xff) << 8)
                | (buffer[at + 3] & 0xff);
    }
}
