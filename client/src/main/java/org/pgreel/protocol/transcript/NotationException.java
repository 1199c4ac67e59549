package org.pgreel.protocol.transcript;

import java.util.Collection;

/** Text that is not in the notation: says where, what was expected, and the nearest valid word if one is near. */
public final class NotationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String problem;

    /**
     * @param line 1 is the first
     * @param column 1 is the first
     * @param problem what is wrong and what was expected
     */
    public NotationException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /**
     * Returns the failure of a word that is none of those known; names the nearest, or all when they are few.
     *
     * @param line 1 is the first
     * @param column 1 is the first
     * @param word what stands there
     * @param kind what it would have to be, as {@code message of the backend}
     * @param known the valid words
     */
    public static NotationException unknownWord(
            int line, int column, String word, String kind, Collection<String> known) {
        String nearest = NearestWord.of(word, known);
        String remedy = !nearest.isEmpty()
                ? "; did you mean " + nearest + "?"
                : known.size() <= 12 ? "; expected one of " + String.join(", ", known) : "";
        return new NotationException(line, column, "\"" + word + "\" is no " + kind + remedy);
    }

    /** Returns the line, 1 being the first. */
    public int line() {
        return line;
    }

    /** Returns the column, 1 being the first. */
    public int column() {
        return column;
    }

    /** Returns what is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
