package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of words for a terminal: columns as wide as their widest word, two blanks between them, numbers to the right. */
final class TextTable {

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param heads the heads of the columns; one that begins with {@code >} is set to the right, without that mark */
    TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row with one word a column. */
    void row(Object... words) {
        if (words.length != heads.size()) {
            throw new IllegalArgumentException(words.length + " words for " + heads.size() + " columns");
        }
        var row = new ArrayList<String>(words.length);
        for (Object word : words) {
            row.add(Screen.line(String.valueOf(word)));
        }
        rows.add(row);
    }

    /** Prints the heads and the rows. */
    void print(PrintWriter out) {
        var titles = new ArrayList<String>(heads.size());
        for (int column = 0; column < heads.size(); column++) {
            titles.add(right(column) ? heads.get(column).substring(1) : heads.get(column));
        }
        out.println(line(titles));
        for (List<String> row : rows) {
            out.println(line(row));
        }
    }

    private String line(List<String> words) {
        var line = new StringBuilder();
        for (int column = 0; column < words.size(); column++) {
            String word = words.get(column);
            String blanks = " ".repeat(width(column) - Paint.width(word));
            line.append(column == 0 ? "" : "  ").append(right(column) ? blanks + word : word + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = heads.get(column).length() - (right(column) ? 1 : 0);
        for (List<String> row : rows) {
            width = Math.max(width, Paint.width(row.get(column)));
        }
        return width;
    }

    private boolean right(int column) {
        return heads.get(column).startsWith(">");
    }
}
