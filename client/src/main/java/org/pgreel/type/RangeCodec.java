package org.pgreel.type;

/** Ranges of a type: a byte of flags, then length and value of each bound that is there. */
record RangeCodec<T>(Codec<T> subtype) implements Codec<PgRange<T>> {
    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUSIVE = 0x02;
    private static final int UPPER_INCLUSIVE = 0x04;
    private static final int NO_LOWER = 0x08;
    private static final int NO_UPPER = 0x10;
    private static final int KNOWN = EMPTY | LOWER_INCLUSIVE | UPPER_INCLUSIVE | NO_LOWER | NO_UPPER;

    @Override
    @SuppressWarnings("unchecked")
    public Class<PgRange<T>> javaType() {
        return (Class<PgRange<T>>) (Class<?>) PgRange.class;
    }

    @Override
    public Formats formats() {
        return subtype.formats();
    }

    @Override
    public PgRange<T> readBinary(ValueReader in) {
        int flags = in.readUnsignedByte();
        in.require((flags & ~KNOWN) == 0, "unknown flags");
        if ((flags & EMPTY) != 0) {
            return PgRange.empty();
        }
        T lower = (flags & NO_LOWER) == 0 ? in.read(in.readInt32(), subtype) : null;
        T upper = (flags & NO_UPPER) == 0 ? in.read(in.readInt32(), subtype) : null;
        boolean lowerInclusive = lower != null && (flags & LOWER_INCLUSIVE) != 0;
        return new PgRange<>(lower, upper, lowerInclusive, upper != null && (flags & UPPER_INCLUSIVE) != 0, false);
    }

    @Override
    public void writeBinary(PgRange<T> value, ValueWriter out) {
        T lower = value.lower();
        T upper = value.upper();
        out.writeByte(flags(value));
        if (lower != null) {
            out.write(lower, subtype);
        }
        if (upper != null) {
            out.write(upper, subtype);
        }
    }

    private static int flags(PgRange<?> value) {
        if (value.isEmpty()) {
            return EMPTY;
        }
        return (value.lower() == null ? NO_LOWER : 0)
                | (value.upper() == null ? NO_UPPER : 0)
                | (value.lowerInclusive() ? LOWER_INCLUSIVE : 0)
                | (value.upperInclusive() ? UPPER_INCLUSIVE : 0);
    }

    @Override
    public PgRange<T> parse(String text) {
        return RangeText.parse(text).map(subtype::parse);
    }

    @Override
    public String print(PgRange<T> value) {
        return RangeText.print(value.map(subtype::print));
    }
}
