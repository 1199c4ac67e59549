package org.pgreel.type;

/** interval; in text it is read in all four styles and written as {@code iso_8601}, which is read in any. */
final class IntervalCodec implements Codec<PgInterval> {
    static final IntervalCodec INSTANCE = new IntervalCodec();

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

    private IntervalCodec() {}

    @Override
    public Class<PgInterval> javaType() {
        return PgInterval.class;
    }

    @Override
    public PgInterval readBinary(ValueReader in) {
        long micros = in.readInt64();
        int days = in.readInt32();
        return new PgInterval(in.readInt32(), days, micros);
    }

    @Override
    public void writeBinary(PgInterval value, ValueWriter out) {
        out.writeInt64(value.micros()).writeInt32(value.days()).writeInt32(value.months());
    }

    @Override
    public PgInterval parse(String text) {
        return IntervalText.parse(text);
    }

    @Override
    public String print(PgInterval value) {
        if (!value.isFinite()) {
            return value.months() > 0 ? IsoText.INFINITY : IsoText.NEGATIVE_INFINITY;
        } else if (value.equals(PgInterval.ZERO)) {
            return "PT0S";
        }
        var text = new StringBuilder("P");
        append(text, value.months() / 12, 'Y');
        append(text, value.months() % 12, 'M');
        append(text, value.days(), 'D');
        if (value.micros() != 0) {
            text.append('T');
            append(text, value.micros() / MICROS_PER_HOUR, 'H');
            append(text, value.micros() % MICROS_PER_HOUR / MICROS_PER_MINUTE, 'M');
            appendSeconds(text, value.micros() % MICROS_PER_MINUTE);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long value, char unit) {
        if (value != 0) {
            text.append(value).append(unit);
        }
    }

    private static void appendSeconds(StringBuilder text, long micros) {
        if (micros == 0) {
            return;
        }
        text.append(micros < 0 ? "-" : "").append(Math.abs(micros / MICROS_PER_SECOND));
        long fraction = Math.abs(micros % MICROS_PER_SECOND);
        if (fraction != 0) {
            String digits = Long.toString(MICROS_PER_SECOND + fraction).substring(1);
            text.append('.').append(digits.replaceAll("0+$", ""));
        }
        text.append('S');
    }
}
