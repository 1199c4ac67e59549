package org.pgreel.type;

/** int4. */
final class Int4Codec implements Codec<Integer> {
    static final Int4Codec INSTANCE = new Int4Codec();

    private Int4Codec() {}

    @Override
    public Class<Integer> javaType() {
        return Integer.class;
    }

    @Override
    public Integer readBinary(ValueReader in) {
        return in.readInt32();
    }

    @Override
    public void writeBinary(Integer value, ValueWriter out) {
        out.writeInt32(value);
    }

    @Override
    public Integer parse(String text) {
        return narrow(Int8Codec.INSTANCE.parse(text));
    }

    @Override
    public String print(Integer value) {
        return Integer.toString(value);
    }

    @Override
    public Integer decodeBinary(byte[] buffer, int from, int to) {
        return read(buffer, from, to);
    }

    @Override
    public Integer decodeText(byte[] buffer, int from, int to) {
        return narrow(Int8Codec.parse(buffer, from, to));
    }

    static int read(byte[] buffer, int from, int to) {
        Int8Codec.requireLength(4, to - from);
        return ValueReader.int32At(buffer, from);
    }

    static int narrow(long value) {
        if ((int) value != value) {
            throw new MalformedValueException("the number does not fit into 32 bits");
        }
        return (int) value;
    }
}
