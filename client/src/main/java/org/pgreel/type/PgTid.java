package org.pgreel.type;

/**
 * A value of the type tid: where a row lies in its table. Immutable.
 *
 * @param block the block's number, 32 bits without a sign
 * @param offset the row's number in its block, 16 bits without a sign
 */
public record PgTid(long block, int offset) {

    /** Refuses numbers that do not fit. */
    public PgTid {
        if (block < 0 || block > 0xFFFFFFFFL || offset < 0 || offset > 0xFFFF) {
            throw new IllegalArgumentException("no such place in a table");
        }
    }

    static PgTid read(ValueReader in) {
        return new PgTid(Integer.toUnsignedLong(in.readInt32()), in.readUnsignedInt16());
    }

    void write(ValueWriter out) {
        out.writeInt32((int) block).writeInt16(offset);
    }

    static PgTid parse(String text) {
        int comma = text.indexOf(',');
        if (comma < 0 || !text.startsWith("(") || !text.endsWith(")")) {
            throw new MalformedValueException("not two numbers in parentheses");
        }
        long block = Int8Codec.INSTANCE.parse(text.substring(1, comma));
        long offset = Int8Codec.INSTANCE.parse(text.substring(comma + 1, text.length() - 1));
        if (block < 0 || block > 0xFFFFFFFFL || offset < 0 || offset > 0xFFFF) {
            throw new MalformedValueException("no such place in a table");
        }
        return new PgTid(block, (int) offset);
    }

    /** Returns the place as PostgreSQL writes it. */
    @Override
    public String toString() {
        return "(" + block + "," + offset + ")";
    }
}
