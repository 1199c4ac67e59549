package org.pgreel.protocol.transcript;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/** Reads fields and values. */
final class ValueParser {
    private static final int DEEPEST = 16;

    private final Cursor in;
    private final int depth;

    ValueParser(Cursor in) {
        this(in, 0);
    }

    private ValueParser(Cursor in, int depth) {
        this.in = in;
        this.depth = depth;
        if (depth > DEEPEST) {
            throw in.place().failure("lists are nested more than " + DEEPEST + " deep");
        }
    }

    Field field() {
        int column = in.column();
        if (in.sees('!')) {
            in.next();
            String name = in.bare("the name of a field");
            require('=');
            return new Field.Overriding(name, value(), column);
        }
        if (in.sees("...")) {
            in.skip(3);
            return new Field.Rest(column);
        }
        Value value = value();
        if (in.sees('=')) {
            in.next();
            return new Field.Named(name(value, column), value(), column);
        }
        if (in.sees(':')) {
            in.next();
            return column(name(value, column), column);
        }
        return new Field.Plain(value, column);
    }

    private String name(Value value, int column) {
        String bare = value.bare();
        Place place = new Place(in.lineNumber(), column);
        return bare.isEmpty() ? value.bytes(place).text() : bare;
    }

    private Field column(String name, int column) {
        String type = in.bare("a type or its OID");
        List<Field.Attribute> attributes = new ArrayList<>();
        while (in.sees('/')) {
            in.next();
            String attribute = in.bare("an attribute of the column");
            boolean given = in.sees('=');
            if (given) {
                in.next();
            }
            attributes.add(new Field.Attribute(attribute, given ? value() : null));
        }
        return new Field.Column(name, type, attributes, column);
    }

    Value value() {
        List<Atom> atoms = new ArrayList<>();
        Place place = in.place();
        do {
            atoms.add(repeated(atom()));
        } while (!in.exhausted() && beginsAtom());
        boolean joinable = atoms.stream().noneMatch(a -> a instanceof Atom.Bare || a instanceof Atom.Group);
        if (atoms.size() > 1 && !joinable) {
            throw place.failure("expected a blank: only strings, x\"…\", file\"…\" and wildcards may touch");
        }
        return new Value(atoms);
    }

    private boolean beginsAtom() {
        char c = in.peek();
        return c == '"' || c == '<' || c == '[' || Spelling.isBare(c);
    }

    private Atom repeated(Atom atom) {
        if (!in.sees('*') || atom instanceof Atom.Any) {
            return atom;
        }
        in.next();
        Place place = in.place();
        return new Atom.Repeat(atom, place.number(in.bare("a number of times"), 0, Integer.MAX_VALUE));
    }

    private Atom atom() {
        if (in.atEnd()) {
            throw in.place().failure("expected a value");
        }
        if (in.sees('"')) {
            return new Atom.Literal(string());
        }
        if (in.sees("x\"")) {
            in.next();
            return new Atom.Literal(hex());
        }
        if (in.sees("file\"")) {
            in.skip(4);
            Place place = in.place();
            String name = string().text();
            return new Atom.File(name, content(name, place));
        }
        if (in.sees('[')) {
            in.next();
            return new Atom.Group(until(']'));
        }
        if (in.sees('<')) {
            in.next();
            return wildcard();
        }
        if (in.sees('*')) {
            in.next();
            return new Atom.Any();
        }
        return new Atom.Bare(in.bare("a value"));
    }

    private @Nullable Bytes content(String name, Place place) {
        FileSource files = in.files();
        try {
            return files == null ? null : files.read(name);
        } catch (IOException unreadable) {
            throw place.failure("the file \"" + name + "\" cannot be read: " + unreadable.getMessage());
        }
    }

    private Atom wildcard() {
        String type = in.bare("the type of a wildcard");
        @Nullable String label = null;
        if (in.sees(':')) {
            in.next();
            label = in.bare("a label");
        }
        return new Atom.Wildcard(type, label, until('>'));
    }

    private List<Field> until(char end) {
        Place opened = in.place();
        List<Field> fields = new ArrayList<>();
        in.skipBlanks();
        while (!in.sees(end)) {
            if (in.atEnd()) {
                throw opened.failure("expected \"" + end + "\" before the end of the line");
            }
            fields.add(new ValueParser(in, depth + 1).field());
            if (!in.sees(end) && !in.blankThenMore()) {
                throw opened.failure("expected \"" + end + "\" before the end of the line");
            }
        }
        in.next();
        return fields;
    }

    private Bytes hex() {
        Place place = in.place();
        String digits = string().text();
        try {
            return Bytes.ofHex(digits);
        } catch (IllegalArgumentException e) {
            throw place.failure("expected pairs of hexadecimal digits");
        }
    }

    private Bytes string() {
        Place opened = in.place();
        MessageWriter bytes = new MessageWriter();
        in.next();
        StringBuilder plain = new StringBuilder();
        while (true) {
            if (in.exhausted()) {
                throw opened.failure("the string has no end");
            }
            Place place = in.place();
            char c = in.next();
            if (c == '"') {
                flush(plain, bytes, opened);
                return bytes.toBytes();
            }
            if (c == '\\') {
                flush(plain, bytes, opened);
                bytes.writeByte(escaped(place));
            } else {
                plain.append(c);
            }
        }
    }

    private static void flush(StringBuilder plain, MessageWriter bytes, Place place) {
        try {
            bytes.writeBytes(Bytes.utf8(plain.toString()));
        } catch (IllegalArgumentException e) {
            throw place.failure("the string holds half a character; write it as \\xHH");
        }
        plain.setLength(0);
    }

    private int escaped(Place place) {
        char c = in.exhausted() ? ' ' : in.next();
        return switch (c) {
            case '"', '\\' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> 0;
            case 'x' -> (digit(place) << 4) + digit(place);
            default -> throw place.failure("expected \\\" \\\\ \\n \\t \\r \\0 or \\xHH");
        };
    }

    private int digit(Place place) {
        int digit = in.exhausted() ? -1 : Character.digit(in.next(), 16);
        if (digit < 0) {
            throw place.failure("expected two hexadecimal digits behind \\x");
        }
        return digit;
    }

    private void require(char c) {
        if (!in.sees(c)) {
            throw in.place().failure("expected \"" + c + "\"");
        }
        in.next();
    }
}
