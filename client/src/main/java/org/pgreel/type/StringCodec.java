package org.pgreel.type;

import org.pgreel.protocol.wire.WireText;

/**
 * Any type as text: what came as text as it is, what came in binary as its codec prints it. Written as text, for the
 * server knows more spellings than the codec.
 */
record StringCodec<T>(Codec<T> codec) implements Codec<String> {

    @Override
    public Class<String> javaType() {
        return String.class;
    }

    @Override
    public Formats formats() {
        return Formats.TEXT;
    }

    @Override
    public String readBinary(ValueReader in) {
        T value = codec.readBinary(in);
        try {
            return codec.print(value);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("only the server knows its text: ask for text");
        }
    }

    @Override
    public void writeBinary(String value, ValueWriter out) {
        codec.writeBinary(codec.parse(value), out);
    }

    @Override
    public String parse(String text) {
        return text;
    }

    @Override
    public String print(String value) {
        return WireText.requireNoNul(value, "text");
    }
}
