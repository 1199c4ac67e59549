package org.pgreel.replay.play;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Atom;

/** What labels stand for: a label is bound at its first use, in whatever connection, and keeps its meaning for one run. */
final class Bindings {
    private final Map<String, Atom> bound;

    Bindings() {
        this(new HashMap<>());
    }

    private Bindings(Map<String, Atom> bound) {
        this.bound = bound;
    }

    /** Returns a copy on which a comparison can be tried. */
    Bindings trial() {
        return new Bindings(new HashMap<>(bound));
    }

    /** Takes over what a trial has bound. */
    void adopt(Bindings trial) {
        bound.putAll(trial.bound);
    }

    @Nullable
    Atom get(String label) {
        return bound.get(label);
    }

    void bind(String label, Atom meaning) {
        bound.put(label, meaning);
    }
}
