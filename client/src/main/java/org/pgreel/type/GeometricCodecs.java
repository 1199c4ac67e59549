package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Points, and what is made of them. */
final class GeometricCodecs {
    private GeometricCodecs() {}

    static List<BuiltInCodecs.Entry> entries() {
        return List.of(
                entry(600, PgPoint.class, PgPoint::read, PgPoint::write, GeometricText::point),
                entry(
                        601,
                        PgLseg.class,
                        in -> new PgLseg(PgPoint.read(in), PgPoint.read(in)),
                        (value, out) -> writeTwo(value.from(), value.to(), out),
                        GeometricText::lseg),
                entry(602, PgPath.class, GeometricCodecs::readPath, GeometricCodecs::write, GeometricText::path),
                entry(
                        603,
                        PgBox.class,
                        in -> new PgBox(PgPoint.read(in), PgPoint.read(in)),
                        (value, out) -> writeTwo(value.high(), value.low(), out),
                        GeometricText::box),
                entry(
                        604,
                        PgPolygon.class,
                        in -> new PgPolygon(readPoints(in)),
                        (value, out) -> write(value.points(), out),
                        GeometricText::polygon),
                entry(
                        628,
                        PgLine.class,
                        in -> new PgLine(in.readFloat8(), in.readFloat8(), in.readFloat8()),
                        (value, out) -> out.writeFloat8(value.a())
                                .writeFloat8(value.b())
                                .writeFloat8(value.c()),
                        GeometricText::line),
                entry(
                        718,
                        PgCircle.class,
                        in -> new PgCircle(PgPoint.read(in), in.readFloat8()),
                        GeometricCodecs::write,
                        GeometricText::circle));
    }

    private static <T> BuiltInCodecs.Entry entry(
            int oid,
            Class<T> type,
            Function<ValueReader, T> read,
            BiConsumer<T, ValueWriter> write,
            Function<GeometricText, T> parse) {
        return BuiltInCodecs.Entry.of(
                oid, Codec.of(type, read, write, text -> GeometricText.whole(text, parse), Object::toString));
    }

    private static PgPath readPath(ValueReader in) {
        int closed = in.readUnsignedByte();
        in.require(closed <= 1, "neither open nor closed");
        return new PgPath(readPoints(in), closed == 1);
    }

    private static List<PgPoint> readPoints(ValueReader in) {
        int count = in.readCount(PgPoint.BYTES);
        List<PgPoint> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            points.add(PgPoint.read(in));
        }
        return points;
    }

    private static void write(PgPath value, ValueWriter out) {
        out.writeByte(value.closed() ? 1 : 0);
        write(value.points(), out);
    }

    private static void write(List<PgPoint> points, ValueWriter out) {
        out.writeInt32(points.size());
        points.forEach(point -> point.write(out));
    }

    private static void write(PgCircle value, ValueWriter out) {
        value.center().write(out);
        out.writeFloat8(value.radius());
    }

    private static void writeTwo(PgPoint one, PgPoint other, ValueWriter out) {
        one.write(out);
        other.write(out);
    }
}
