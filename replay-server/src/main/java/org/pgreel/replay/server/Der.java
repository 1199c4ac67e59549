package org.pgreel.replay.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (X.690) that a self-signed certificate is made of. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[] part) {
        return tagged(0x31, part);
    }

    /** A context tag around other values. */
    static byte[] explicit(int number, byte[] content) {
        return tagged(0xA0 | number, content);
    }

    /** A context tag instead of a primitive value's own. */
    static byte[] implicit(int number, byte[] content) {
        return tagged(0x80 | number, content);
    }

    /** An integer, given as its bytes, the first of which must be between 0 and 127. */
    static byte[] integer(byte[] bytes) {
        return tagged(0x02, bytes);
    }

    static byte[] bits(byte[] content) {
        return tagged(0x03, new byte[] {0}, content);
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /** An object identifier, given as the bytes of its encoding. */
    static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return tagged(0x06, bytes);
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A time as {@code yyMMddHHmmssZ}. */
    static byte[] utcTime(String time) {
        return tagged(0x17, time.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
