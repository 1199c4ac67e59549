package org.pgreel.replay.play;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Atom;

/** What labels stand for: a label is bound at its first use, in whatever connection, and keeps its meaning for one run. */
final class Bindings {
    private final Map<String, Atom> bound = new HashMap<>();
    private final @Nullable Bindings tried;

    Bindings() {
        this(null);
    }

    private Bindings(@Nullable Bindings tried) {
        this.tried = tried;
    }

    /** Returns labels beside these on which a comparison can be tried; these stay as they are until they adopt it. */
    Bindings trial() {
        return new Bindings(this);
    }

    /** Takes over what a trial has bound. */
    void adopt(Bindings trial) {
        bound.putAll(trial.bound);
    }

    @Nullable
    Atom get(String label) {
        Atom meaning = bound.get(label);
        return meaning != null || tried == null ? meaning : tried.get(label);
    }

    void bind(String label, Atom meaning) {
        bound.put(label, meaning);
    }
}
