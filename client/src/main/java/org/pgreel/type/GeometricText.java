package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Geometric values as text, as PostgreSQL writes them. */
final class GeometricText {
    private final String text;
    private int at;

    private GeometricText(String text) {
        this.text = text;
    }

    /** Reads what the function reads, which has to be all. */
    static <T> T whole(String text, Function<GeometricText, T> read) {
        var in = new GeometricText(text);
        T value = read.apply(in);
        if (in.at != text.length()) {
            throw in.malformed();
        }
        return value;
    }

    PgPoint point() {
        expect('(');
        double x = number();
        expect(',');
        double y = number();
        expect(')');
        return new PgPoint(x, y);
    }

    PgLseg lseg() {
        expect('[');
        PgPoint from = point();
        expect(',');
        PgPoint to = point();
        expect(']');
        return new PgLseg(from, to);
    }

    PgBox box() {
        PgPoint high = point();
        expect(',');
        return new PgBox(high, point());
    }

    PgPath path() {
        boolean closed = text.startsWith("(");
        expect(closed ? '(' : '[');
        List<PgPoint> points = points();
        expect(closed ? ')' : ']');
        return new PgPath(points, closed);
    }

    PgPolygon polygon() {
        expect('(');
        List<PgPoint> points = points();
        expect(')');
        return new PgPolygon(points);
    }

    PgLine line() {
        expect('{');
        double a = number();
        expect(',');
        double b = number();
        expect(',');
        double c = number();
        expect('}');
        return new PgLine(a, b, c);
    }

    PgCircle circle() {
        expect('<');
        PgPoint center = point();
        expect(',');
        double radius = number();
        expect('>');
        return new PgCircle(center, radius);
    }

    private List<PgPoint> points() {
        List<PgPoint> points = new ArrayList<>();
        do {
            points.add(point());
        } while (accept(','));
        return points;
    }

    private double number() {
        int from = at;
        while (at < text.length() && ",)}>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return Float8Codec.INSTANCE.parse(text.substring(from, at));
    }

    private boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw malformed();
        }
    }

    private MalformedValueException malformed() {
        return new MalformedValueException("at character " + at + ": not as PostgreSQL writes it");
    }
}
