package org.pgreel.type;

/** int2. */
final class Int2Codec implements Codec<Short> {
    static final Int2Codec INSTANCE = new Int2Codec();

    private Int2Codec() {}

    @Override
    public Class<Short> javaType() {
        return Short.class;
    }

    @Override
    public Short readBinary(ValueReader in) {
        return in.readInt16();
    }

    @Override
    public void writeBinary(Short value, ValueWriter out) {
        out.writeInt16(value);
    }

    @Override
    public Short parse(String text) {
        return narrow(Int8Codec.INSTANCE.parse(text));
    }

    @Override
    public String print(Short value) {
        return Short.toString(value);
    }

    @Override
    public Short decodeBinary(byte[] buffer, int from, int to) {
        return read(buffer, from, to);
    }

    @Override
    public Short decodeText(byte[] buffer, int from, int to) {
        return narrow(Int8Codec.parse(buffer, from, to));
    }

    static short read(byte[] buffer, int from, int to) {
        Int8Codec.requireLength(2, to - from);
        return (short) (buffer[from] << 8 | (buffer[from + 1] & 0xFF));
    }

    static short narrow(long value) {
        if ((short) value != value) {
            throw new MalformedValueException("the number does not fit into 16 bits");
        }
        return (short) value;
    }
}
