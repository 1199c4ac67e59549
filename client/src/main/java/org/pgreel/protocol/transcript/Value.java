package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * What stands in a field: one atom, or several without a blank between them, which are one behind the other.
 *
 * <p>Literals that touch are one literal.
 */
public record Value(List<Atom> atoms) {
    static final String SECRET = "secret";

    /** Joins literals that touch. */
    public Value {
        List<Atom> joined = new ArrayList<>();
        for (Atom atom : atoms) {
            int last = joined.size() - 1;
            if (atom instanceof Atom.Literal next && last >= 0 && joined.get(last) instanceof Atom.Literal before) {
                joined.set(last, new Atom.Literal(before.bytes().plus(next.bytes())));
            } else {
                joined.add(atom);
            }
        }
        atoms = List.copyOf(joined);
    }

    /** Returns the value that is these bytes. */
    public static Value of(Bytes bytes) {
        return new Value(List.of(new Atom.Literal(bytes)));
    }

    /** Returns the value that is this text. */
    public static Value of(String text) {
        return of(Bytes.utf8(text));
    }

    /** Returns the word. */
    public static Value word(String spelling) {
        return new Value(List.of(new Atom.Bare(spelling)));
    }

    /** Returns the list. */
    public static Value group(List<Field> fields) {
        return new Value(List.of(new Atom.Group(fields)));
    }

    /** Returns the bytes with those between {@code from} and {@code to} (exclusive) not shown. */
    public static Value masked(Bytes bytes, int from, int to) {
        if (from == to) {
            return of(bytes);
        }
        List<Atom> atoms = new ArrayList<>();
        if (from > 0) {
            atoms.add(new Atom.Literal(bytes.slice(0, from)));
        }
        atoms.add(new Atom.Wildcard(SECRET, Integer.toString(to - from), List.of()));
        if (to < bytes.length()) {
            atoms.add(new Atom.Literal(bytes.slice(to, bytes.length())));
        }
        return new Value(atoms);
    }

    /** Returns the word that the value is, or "" when it is none. */
    String bare() {
        return atoms.size() == 1 && atoms.get(0) instanceof Atom.Bare bare ? bare.spelling() : "";
    }

    /**
     * Returns the bytes that the value stands for. Bytes that are not shown become what the masker of a recording writes
     * over them: {@code A} in base64, which is behind {@code p=} and {@code v=}, {@code *} elsewhere.
     */
    Bytes bytes(Place place) {
        MessageWriter out = new MessageWriter();
        for (Atom atom : atoms) {
            append(atom, out, place);
        }
        return out.toBytes();
    }

    private static void append(Atom atom, MessageWriter out, Place place) {
        if (atom instanceof Atom.Literal literal) {
            out.writeBytes(literal.bytes());
        } else if (atom instanceof Atom.File file && file.content() != null) {
            out.writeBytes(file.content());
        } else if (atom instanceof Atom.Repeat repeat) {
            for (int i = 0; i < repeat.times(); i++) {
                append(repeat.atom(), out, place);
            }
        } else if (atom instanceof Atom.Wildcard wildcard && wildcard.type().equals(SECRET)) {
            int count =
                    place.number(wildcard.label() == null ? "" : wildcard.label(), 0, MessageWriter.LARGEST_MESSAGE);
            byte mask = maskBehind(out);
            for (int i = 0; i < count; i++) {
                out.writeByte(mask);
            }
        } else {
            throw place.failure("expected a string in quotes or x\"…\", not " + LinePrinter.print(atom));
        }
    }

    private static byte maskBehind(MessageWriter out) {
        int at = out.length();
        boolean base64 =
                at >= 2 && out.array()[at - 1] == '=' && (out.array()[at - 2] == 'p' || out.array()[at - 2] == 'v');
        return (byte) (base64 ? 'A' : '*');
    }
}
