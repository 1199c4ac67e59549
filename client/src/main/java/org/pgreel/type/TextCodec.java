package org.pgreel.type;

import org.pgreel.protocol.wire.WireText;

/** Text that is the same in both formats, but for a version byte before it that some types have in binary. */
record TextCodec(int version) implements Codec<String> {
    /** text, varchar, json and their kin. */
    static final TextCodec PLAIN = new TextCodec(0);
    /** jsonb, jsonpath, ltree. */
    static final TextCodec VERSION_1 = new TextCodec(1);

    @Override
    public Class<String> javaType() {
        return String.class;
    }

    @Override
    public String readBinary(ValueReader in) {
        if (version != 0) {
            in.require(in.readUnsignedByte() == version, "not version " + version + " of the format");
        }
        return in.readText();
    }

    @Override
    public void writeBinary(String value, ValueWriter out) {
        if (version != 0) {
            out.writeByte(version);
        }
        out.writeText(value);
    }

    @Override
    public String parse(String text) {
        return text;
    }

    @Override
    public String print(String value) {
        return WireText.requireNoNul(value, "text");
    }

    @Override
    public String decodeBinary(byte[] buffer, int from, int to) {
        return version == 0 ? WireText.decode(buffer, from, to) : Codec.super.decodeBinary(buffer, from, to);
    }
}
