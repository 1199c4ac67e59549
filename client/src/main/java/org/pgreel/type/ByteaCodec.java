package org.pgreel.type;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.pgreel.protocol.wire.Bytes;

/** bytea, in text as {@code bytea_output} hex or escape writes it. */
final class ByteaCodec implements Codec<byte[]> {
    static final ByteaCodec INSTANCE = new ByteaCodec();

    private static final HexFormat HEX = HexFormat.of();
    private static final String HEX_MARK = "\\x";

    private ByteaCodec() {}

    @Override
    public Class<byte[]> javaType() {
        return byte[].class;
    }

    @Override
    public byte[] readBinary(ValueReader in) {
        return in.readRest().toArray();
    }

    @Override
    public void writeBinary(byte[] value, ValueWriter out) {
        out.writeBytes(Bytes.wrap(value));
    }

    @Override
    public byte[] parse(String text) {
        return text.startsWith(HEX_MARK) ? hex(text) : unescaped(text);
    }

    @Override
    public String print(byte[] value) {
        return HEX_MARK + HEX.formatHex(value);
    }

    private static byte[] hex(String text) {
        try {
            return HEX.parseHex(text, HEX_MARK.length(), text.length());
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("not pairs of hexadecimal digits behind \\x");
        }
    }

    /** A backslash is doubled, and what is not printable is a backslash and three octal digits. */
    private static byte[] unescaped(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~') {
                throw new MalformedValueException("a character that is not printable ASCII");
            } else if (c != '\\') {
                bytes.write(c);
            } else if (text.startsWith("\\", i + 1)) {
                bytes.write(c);
                i++;
            } else {
                bytes.write(octal(text, i + 1));
                i += 3;
            }
        }
        return bytes.toByteArray();
    }

    /** Reads three octal digits, at most 377. */
    static int octal(String text, int from) {
        int value = 0;
        for (int i = from; i < from + 3; i++) {
            int digit = i < text.length() ? text.charAt(i) - '0' : -1;
            if (digit < 0 || digit > (i == from ? 3 : 7)) {
                throw new MalformedValueException("a backslash without three octal digits behind it");
            }
            value = value * 8 + digit;
        }
        return value;
    }
}
