package org.pgreel.replay.play;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** Returns what was said so far. */
    List<String> lines() {
        return new Said(new ArrayList<>(lines));
    }

    /** Lines that are spelled when someone first reads them; immutable for who reads. Confined to one thread until then. */
    static final class Said extends AbstractList<String> {
        private final List<Supplier<String>> unspelled;
        private @Nullable List<String> spelled;

        private Said(List<Supplier<String>> unspelled) {
            this.unspelled = unspelled;
        }

        private List<String> spelled() {
            List<String> known = spelled;
            if (known == null) {
                known = unspelled.stream().map(Supplier::get).toList();
                spelled = known;
            }
            return known;
        }

        @Override
        public String get(int index) {
            return spelled().get(index);
        }

        @Override
        public int size() {
            return unspelled.size();
        }
    }
}
