package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.BuiltInType;
import org.pgreel.replay.cell.TextCell;
import org.pgreel.replay.volatility.Hole;
import org.pgreel.replay.volatility.ValueBindings;
import org.pgreel.replay.volatility.VolatileStatement;
import org.pgreel.replay.volatility.Volatility;

/** Collects in which parameters, and where in the text of which statements, two runs differ. */
final class DifferingPlaces {
    private static final int UUID_BYTES = 16;

    private final Map<String, Statement> statements = new LinkedHashMap<>();
    private final Set<String> cells = new HashSet<>();
    private final ValueFamilies families = new ValueFamilies();
    private final List<Pair> pairs = new ArrayList<>();

    private int recording;

    private record Pair(int recording, Statement statement, RecordedExchange one, RecordedExchange other) {}

    /** A statement by its skeleton; tokens of the text and parameters that have differed. */
    private static final class Statement {
        final Set<List<String>> texts = new LinkedHashSet<>();
        final TreeSet<Integer> tokens = new TreeSet<>();
        final TreeSet<Integer> parameters = new TreeSet<>();
        final TreeSet<Integer> columns = new TreeSet<>();
        boolean unordered;

        boolean differs() {
            return unordered || !tokens.isEmpty() || !parameters.isEmpty() || !columns.isEmpty();
        }
    }

    /** Notes what the server answered: a value that comes back has to come back as the live one. */
    void seen(RecordedExchange exchange) {
        for (BackendMessage item : exchange.items) {
            if (item instanceof DataRow row) {
                for (int i = 0; i < row.values().count(); i++) {
                    Bytes cell = row.values().value(i);
                    if (cell != null) {
                        cells.add(text(cell));
                    }
                }
            }
        }
    }

    private static String text(Bytes cell) {
        Bytes uuid = cell.length() == UUID_BYTES ? TextCell.exactly(BuiltInType.UUID, cell) : null;
        return (uuid == null ? cell : uuid).text();
    }

    /** From here on exchanges of another recording are noted beside those of the first. */
    void nextRecording() {
        recording++;
    }

    /**
     * Notes in what two exchanges with the same skeleton differ.
     *
     * @param outOfOrder whether another one would have been due
     */
    void pair(RecordedExchange one, RecordedExchange other, boolean outOfOrder) {
        SqlSkeleton text = SqlSkeleton.of(one.key.sql());
        List<String> others = SqlSkeleton.of(other.key.sql()).tokens();
        Statement statement = statements.computeIfAbsent(text.text(), key -> new Statement());
        statement.texts.add(text.tokens());
        statement.unordered |= outOfOrder;
        pairs.add(new Pair(recording, statement, one, other));
        for (int i = 0; i < text.tokens().size(); i++) {
            if (!text.tokens().get(i).equals(others.get(i))) {
                statement.tokens.add(i);
                families.differ(
                        recording, place(text.text(), "token", i), text.tokens().get(i), others.get(i));
            }
        }
        List<@Nullable String> values = one.key.parameters();
        List<@Nullable String> otherValues = other.key.parameters();
        for (int i = 0; i < Math.min(values.size(), otherValues.size()); i++) {
            String then = values.get(i);
            String now = otherValues.get(i);
            if (then != null && now != null && !Objects.equals(then, now)) {
                statement.parameters.add(i);
                families.differ(recording, place(text.text(), "parameter", i), then, now);
            }
        }
    }

    private static String place(String skeleton, String kind, int index) {
        return kind + " " + index + " " + skeleton;
    }

    /** Returns what differs, a line for each statement. */
    Volatility volatility() {
        families.name(cells);
        columns();
        var declared = new ArrayList<VolatileStatement>();
        statements.forEach((skeleton, statement) -> {
            if (statement.differs()) {
                var known = new HashSet<List<VolatileStatement.Part>>();
                for (List<String> tokens : statement.texts) {
                    List<VolatileStatement.Part> parts = parts(skeleton, tokens, statement);
                    if (known.add(parts)) {
                        declared.add(new VolatileStatement(
                                parts,
                                holes(skeleton, "parameter", statement.parameters),
                                holes(skeleton, "column", statement.columns),
                                statement.unordered));
                    }
                }
            }
        });
        return new Volatility(declared);
    }

    private Map<Integer, Hole> holes(String skeleton, String kind, Set<Integer> differing) {
        var holes = new TreeMap<Integer, Hole>();
        for (int index : differing) {
            holes.put(index + 1, families.hole(place(skeleton, kind, index)));
        }
        return holes;
    }

    /** What differs in rows and does not stand for a value that was sent is made by the server. */
    private void columns() {
        Map<Integer, ValueBindings> sent = new HashMap<>();
        for (Pair pair : pairs) {
            ValueBindings bindings = sent.computeIfAbsent(pair.recording, number -> {
                var made = new ValueBindings();
                families.bind(made, number);
                return made;
            });
            List<DataRow> ones =
                    AnswerRows.of(pair.one).stream().map(bindings::live).toList();
            List<DataRow> others = AnswerRows.of(pair.other);
            if (ones.size() == others.size()) {
                List<Integer> likest = AnswerRows.likest(ones, others);
                for (int i = 0; i < others.size(); i++) {
                    columns(
                            pair,
                            ones.get(likest.get(i)).values(),
                            others.get(i).values());
                }
            }
        }
    }

    private void columns(Pair pair, Values then, Values now) {
        String skeleton = SqlSkeleton.of(pair.one.key.sql()).text();
        for (int i = 0; i < Math.min(then.count(), now.count()); i++) {
            Bytes before = then.value(i);
            Bytes after = now.value(i);
            if (before != null && after != null && !before.equals(after)) {
                pair.statement.columns.add(i);
                families.differ(pair.recording, place(skeleton, "column", i), before.text(), after.text());
            }
        }
    }

    private List<VolatileStatement.Part> parts(String skeleton, List<String> tokens, Statement statement) {
        var parts = new ArrayList<VolatileStatement.Part>();
        var same = new StringBuilder();
        int token = 0;
        for (int i = 0; i < skeleton.length(); i++) {
            char c = skeleton.charAt(i);
            if (c != SqlSkeleton.GAP) {
                same.append(c);
            } else if (!statement.tokens.contains(token)) {
                same.append(tokens.get(token++));
            } else {
                if (same.length() > 0) {
                    parts.add(new VolatileStatement.Part.Same(same.toString()));
                    same.setLength(0);
                }
                parts.add(new VolatileStatement.Part.Differs(families.hole(place(skeleton, "token", token++))));
            }
        }
        if (same.length() > 0) {
            parts.add(new VolatileStatement.Part.Same(same.toString()));
        }
        return parts;
    }
}
