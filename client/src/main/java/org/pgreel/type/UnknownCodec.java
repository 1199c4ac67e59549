package org.pgreel.type;

import org.pgreel.protocol.wire.Bytes;

/** Values of types that nobody has told of: text is a String, binary is what it is. */
final class UnknownCodec implements Codec<Object> {
    static final UnknownCodec INSTANCE = new UnknownCodec();

    /** As a String, which is in text format only. */
    static final Codec<String> TEXT = Codec.ofText(String.class, text -> text, TextCodec.PLAIN::print);

    private UnknownCodec() {}

    @Override
    public Class<Object> javaType() {
        return Object.class;
    }

    @Override
    public Object readBinary(ValueReader in) {
        return in.readRest();
    }

    @Override
    public void writeBinary(Object value, ValueWriter out) {
        if (!(value instanceof Bytes bytes)) {
            throw new IllegalArgumentException("of an unknown type only Bytes can be written in binary");
        }
        out.writeBytes(bytes);
    }

    @Override
    public Object parse(String text) {
        return text;
    }

    @Override
    public String print(Object value) {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("of an unknown type only a String can be written as text");
        }
        return TextCodec.PLAIN.print(text);
    }
}
