package org.pgreel.type;

/** bool: one byte, or {@code t} and {@code f}. */
final class BoolCodec implements Codec<Boolean> {
    static final BoolCodec INSTANCE = new BoolCodec();

    private BoolCodec() {}

    @Override
    public Class<Boolean> javaType() {
        return Boolean.class;
    }

    @Override
    public Boolean readBinary(ValueReader in) {
        return of(in.readByte());
    }

    @Override
    public void writeBinary(Boolean value, ValueWriter out) {
        out.writeByte(value ? 1 : 0);
    }

    /** As text a cast to text is told too, which spells it out. */
    @Override
    public Boolean parse(String text) {
        return switch (text) {
            case "t", "true" -> true;
            case "f", "false" -> false;
            default -> throw new MalformedValueException("neither t nor f");
        };
    }

    @Override
    public String print(Boolean value) {
        return value ? "t" : "f";
    }

    @Override
    public Boolean decodeBinary(byte[] buffer, int from, int to) {
        return read(buffer, from, to);
    }

    @Override
    public Boolean decodeText(byte[] buffer, int from, int to) {
        if (to - from == 1 && (buffer[from] == 't' || buffer[from] == 'f')) {
            return buffer[from] == 't';
        }
        return Codec.super.decodeText(buffer, from, to);
    }

    static boolean read(byte[] buffer, int from, int to) {
        Int8Codec.requireLength(1, to - from);
        return of(buffer[from]);
    }

    private static boolean of(byte value) {
        if (value != 0 && value != 1) {
            throw new MalformedValueException("the byte is neither 0 nor 1");
        }
        return value == 1;
    }
}
