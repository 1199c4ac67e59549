package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Multiranges of a type: the count, then each range behind its length; in text {@code {[1,3),[5,7)}}. */
record MultirangeCodec<T>(RangeCodec<T> range) implements Codec<PgMultirange<T>> {
    /** Length and flags. */
    private static final int LEAST_BYTES = 5;

    @Override
    @SuppressWarnings("unchecked")
    public Class<PgMultirange<T>> javaType() {
        return (Class<PgMultirange<T>>) (Class<?>) PgMultirange.class;
    }

    @Override
    public Formats formats() {
        return range.formats();
    }

    @Override
    public PgMultirange<T> readBinary(ValueReader in) {
        int count = in.readCount(LEAST_BYTES);
        List<PgRange<T>> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(in.read(in.readInt32(), range));
        }
        return new PgMultirange<>(ranges);
    }

    @Override
    public void writeBinary(PgMultirange<T> value, ValueWriter out) {
        out.writeInt32(value.ranges().size());
        value.ranges().forEach(each -> out.write(each, range));
    }

    @Override
    public PgMultirange<T> parse(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != '{' || text.charAt(last) != '}') {
            throw new MalformedValueException("no braces around the ranges");
        }
        List<PgRange<T>> ranges = new ArrayList<>();
        int at = 1;
        while (at < last) {
            int end = RangeText.end(text, at);
            ranges.add(range.parse(text.substring(at, end)));
            boolean more = end < last && text.charAt(end) == ',' && end + 1 < last;
            if (end != last && !more) {
                throw new MalformedValueException("no comma between the ranges");
            }
            at = end + 1;
        }
        return new PgMultirange<>(ranges);
    }

    @Override
    public String print(PgMultirange<T> value) {
        return value.ranges().stream().map(range::print).collect(Collectors.joining(",", "{", "}"));
    }
}
