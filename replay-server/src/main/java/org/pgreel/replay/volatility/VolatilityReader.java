package org.pgreel.replay.volatility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;

/** Reads the lines of a volatility file. */
final class VolatilityReader {
    private static final int PARAMETERS_MAX = 65_535;
    private static final String COLUMN = "column";
    private static final List<String> KINDS = List.of("statement", "unordered");

    private VolatilityReader() {}

    static List<VolatileStatement> read(String text) {
        var statements = new ArrayList<VolatileStatement>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var in = new LineReader(lines.get(i), i + 1);
            in.skipBlanks();
            if (!in.atEnd() && !in.sees("#")) {
                statements.add(statement(in));
            }
        }
        return statements;
    }

    private static VolatileStatement statement(LineReader in) {
        int column = in.column();
        String kind = in.word();
        if (!KINDS.contains(kind)) {
            throw in.unknownWord(column, kind, "kind of line", KINDS);
        }
        in.skipBlanks();
        List<VolatileStatement.Part> text = parts(in, in.value());
        var parameters = new TreeMap<Integer, Hole>();
        var columns = new TreeMap<Integer, Hole>();
        while (in.blankThenMore() && !in.sees("#")) {
            if (in.seesWord(COLUMN)) {
                in.skip(COLUMN.length());
                in.skipBlanks();
                differing(in, "the number of a column", columns);
            } else if (in.sees("$")) {
                in.skip(1);
                differing(in, "the number of a parameter", parameters);
            } else {
                throw in.failure("expected what differs: a parameter, as in $1=<uuid>, or column 1=<uuid>");
            }
        }
        if (!in.atEnd() && !in.sees("#")) {
            throw in.failure("expected the end of the line");
        }
        return new VolatileStatement(text, parameters, columns, kind.equals("unordered"));
    }

    private static void differing(LineReader in, String what, Map<Integer, Hole> places) {
        int number = in.number(what, 1, PARAMETERS_MAX);
        if (!in.sees("=")) {
            throw in.failure("expected \"=\" and what may stand there, as in $1=<uuid>");
        }
        in.skip(1);
        int at = in.column();
        List<Atom> atoms = in.value().atoms();
        if (atoms.size() != 1 || places.put(number, hole(in, at, atoms.get(0))) != null) {
            throw in.failure(at, "one wildcard stands for a place");
        }
    }

    private static List<VolatileStatement.Part> parts(LineReader in, Value value) {
        var parts = new ArrayList<VolatileStatement.Part>();
        for (Atom atom : value.atoms()) {
            parts.add(
                    atom instanceof Atom.Literal literal
                            ? new VolatileStatement.Part.Same(text(literal.bytes()))
                            : new VolatileStatement.Part.Differs(hole(in, in.column(), atom)));
        }
        return parts;
    }

    private static String text(Bytes bytes) {
        return bytes.text();
    }

    private static Hole hole(LineReader in, int column, Atom atom) {
        if (atom instanceof Atom.Wildcard wildcard && wildcard.fields().isEmpty()) {
            if (!Hole.TYPES.contains(wildcard.type())) {
                throw in.unknownWord(column, wildcard.type(), "type of what may differ", Hole.TYPES);
            }
            return new Hole(wildcard.type(), wildcard.label());
        }
        if (atom instanceof Atom.Any) {
            return new Hole("any", null);
        }
        throw in.failure(column, "expected a string or a wildcard, as in \"…'\"<digits>\"'\"");
    }
}
