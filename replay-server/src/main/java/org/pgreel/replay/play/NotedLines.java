package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was said on a connection, in the notation, spelled only when someone reads it; its end is left out when it is very
 * long.
 */
final class NotedLines {
    private static final int LINES_MAX = 10_000;

    private final List<Supplier<String>> lines = new ArrayList<>();

    void add(Supplier<String> line) {
        if (lines.size() < LINES_MAX) {
            lines.add(line);
        }
    }

    /** Forgets what was said, and begins with this line. */
    void restart(String first) {
        lines.clear();
        lines.add(() -> first);
    }

    List<String> lines() {
        return lines.stream().map(Supplier::get).toList();
    }
}
