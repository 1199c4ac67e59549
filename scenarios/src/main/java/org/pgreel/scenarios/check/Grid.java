package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The grades of a client, scenario by scenario, as a file that is kept beside its sources: a later check is compared with
 * it. Immutable.
 *
 * <p>A line a scenario, its name and the grade behind it; {@code #} begins a comment.
 *
 * @param grades by the scenario's name
 */
public record Grid(SortedMap<String, Grade> grades) {
    /** Copies the map. */
    public Grid {
        grades = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(grades));
    }

    /** Returns the grid of a check. */
    public static Grid of(CheckReport report) {
        var grades = new TreeMap<String, Grade>();
        report.cases().forEach(it -> grades.put(it.name(), it.grade()));
        return new Grid(grades);
    }

    /**
     * Reads a grid.
     *
     * @throws IllegalArgumentException if it is none; the message names the line
     */
    public static Grid parse(String text) {
        var grades = new TreeMap<String, Grade>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String words = line.replaceFirst("#.*", "").strip();
            if (words.isEmpty()) {
                continue;
            }
            String[] parts = words.split("\\s+", 2);
            Grade grade = grade(parts.length < 2 ? "" : parts[1]);
            if (grade == null) {
                throw new IllegalArgumentException(
                        "line " + number + " is not a scenario's name and a grade: " + words);
            }
            if (grades.put(parts[0], grade) != null) {
                throw new IllegalArgumentException("line " + number + " names " + parts[0] + " once more");
            }
        }
        return new Grid(grades);
    }

    private static @org.jspecify.annotations.Nullable Grade grade(String word) {
        for (Grade grade : Grade.values()) {
            if (grade.word().equals(word)) {
                return grade;
            }
        }
        return null;
    }

    /**
     * Returns the grid as a file.
     *
     * @param client what it is the grid of
     */
    public String print(String client) {
        var text = new StringBuilder("# ").append(client).append('\n');
        grades.forEach((name, grade) ->
                text.append(name).append(' ').append(grade.word()).append('\n'));
        return text.toString();
    }

    /**
     * Returns in what a check differs from this grid, a sentence each.
     *
     * @param report the check
     * @param whole whether scenarios that only the grid has count, too: not when the check was of some only
     */
    public List<String> differences(CheckReport report, boolean whole) {
        var differences = new ArrayList<String>();
        Map<String, Grade> now = of(report).grades();
        var names = new TreeSet<>(now.keySet());
        if (whole) {
            names.addAll(grades.keySet());
        }
        for (String name : names) {
            Grade before = grades.get(name);
            Grade after = now.get(name);
            if (before != after) {
                differences.add(name + ": " + (before == null ? "not in the grid" : before.word()) + " → "
                        + (after == null ? "not checked" : after.word()));
            }
        }
        report.cases().stream().filter(CheckCase::unstable).forEach(it -> differences.add(it.name() + ": " + it.got()));
        return differences;
    }
}
