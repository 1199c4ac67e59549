package org.pgreel.scenarios.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a side of a simulated connection finds in its socket, when it reads. */
final class ReadGate {
    private final Consumer<Runnable> reader;
    private final Deque<Runnable> unread = new ArrayDeque<>();
    private boolean reading = true;

    /**
     * @param reader takes an input in a turn of its own
     */
    ReadGate(Consumer<Runnable> reader) {
        this.reader = reader;
    }

    /** Something has come. */
    void came(Runnable input) {
        reader.accept(() -> {
            if (reading && unread.isEmpty()) {
                input.run();
            } else {
                unread.add(input);
            }
        });
    }

    void pause() {
        reading = false;
    }

    void resume() {
        reading = true;
        for (Runnable next = unread.poll(); next != null; next = unread.poll()) {
            reader.accept(next);
        }
    }
}
