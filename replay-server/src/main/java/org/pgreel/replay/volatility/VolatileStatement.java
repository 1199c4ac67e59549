package org.pgreel.replay.volatility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A statement of which something differs between two equal runs. Immutable. */
public final class VolatileStatement {

    /** A part of the statement's text: a string that is always the same, or a hole. */
    public sealed interface Part {
        /** What is always the same. */
        record Same(String text) implements Part {}

        /** What may differ. */
        record Differs(Hole hole) implements Part {}
    }

    private final List<Part> text;
    private final Map<Integer, Hole> parameters;
    private final Map<Integer, Hole> columns;
    private final boolean unordered;
    private final List<Hole> holes = new ArrayList<>();
    private final String canonical;
    private final String prefix;
    private final @Nullable Pattern pattern;

    /**
     * Declares a statement.
     *
     * @param text its text, in parts
     * @param parameters which of its parameters differ, by their numbers from 1
     * @param columns which columns of its rows hold what the server makes anew in each run, by their numbers from 1
     * @param unordered whether several of them in a row may come in any order
     */
    public VolatileStatement(
            List<Part> text, Map<Integer, Hole> parameters, Map<Integer, Hole> columns, boolean unordered) {
        this.text = List.copyOf(text);
        this.parameters = new TreeMap<>(parameters);
        this.columns = new TreeMap<>(columns);
        this.unordered = unordered;
        var spelled = new StringBuilder();
        var regex = new StringBuilder();
        for (Part part : text) {
            if (part instanceof Part.Same same) {
                spelled.append(same.text());
                regex.append(Pattern.quote(same.text()));
            } else if (part instanceof Part.Differs differs) {
                holes.add(differs.hole());
                spelled.append(differs.hole());
                regex.append('(').append(lazy(differs.hole())).append(')');
            }
        }
        this.canonical = spelled.toString();
        this.prefix = !text.isEmpty() && text.get(0) instanceof Part.Same first ? first.text() : "";
        this.pattern = holes.isEmpty() ? null : Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String lazy(Hole hole) {
        String regex = WildcardTypes.regex(hole.type());
        return regex.equals(WildcardTypes.ANYTHING) ? ".*?" : "(?:" + regex + ")";
    }

    /** Returns its text with the holes as they are spelled. */
    String canonical() {
        return canonical;
    }

    /** Tells whether its text has holes. */
    boolean hasHoles() {
        return pattern != null;
    }

    /** Tells whether several of them in a row may come in any order. */
    public boolean unordered() {
        return unordered;
    }

    /** Returns what stands in the holes; null if the text is another statement's. */
    @Nullable
    List<String> values(String sql) {
        if (pattern == null) {
            return sql.equals(canonical) ? List.of() : null;
        }
        // Most statements are another's by their first words, which costs less to see than to match.
        if (!sql.startsWith(prefix)) {
            return null;
        }
        Matcher matcher = pattern.matcher(sql);
        if (!matcher.matches()) {
            return null;
        }
        var values = new ArrayList<String>();
        for (int i = 1; i <= holes.size(); i++) {
            values.add(matcher.group(i));
        }
        return values;
    }

    /**
     * Returns what may stand at a place.
     *
     * @param index the place, from 0: parameters first, then the holes of the text
     * @param parameterCount how many parameters there are
     * @return null if always the same stands there
     */
    public @Nullable Hole at(int index, int parameterCount) {
        int hole = index - parameterCount;
        return hole < 0 ? parameters.get(index + 1) : hole < holes.size() ? holes.get(hole) : null;
    }

    /**
     * Returns what may stand in a column of its rows.
     *
     * @param index the column, from 0
     * @return null if the same comes in each run, or what stands for it by a family of values
     */
    public @Nullable Hole column(int index) {
        return columns.get(index + 1);
    }

    /** Returns how many holes its text has. */
    public int holes() {
        return holes.size();
    }

    /** Returns it as a line of the file. */
    String print() {
        var line = new StringBuilder(unordered ? "unordered " : "statement ");
        for (Part part : text) {
            if (part instanceof Part.Same same) {
                line.append(quoted(same.text()));
            } else if (part instanceof Part.Differs differs) {
                line.append(differs.hole());
            }
        }
        parameters.forEach(
                (number, hole) -> line.append(" $").append(number).append('=').append(hole));
        columns.forEach((number, hole) ->
                line.append(" column ").append(number).append('=').append(hole));
        return line.toString();
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
        return '"' + escaped + '"';
    }
}
