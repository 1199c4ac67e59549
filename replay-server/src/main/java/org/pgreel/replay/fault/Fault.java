package org.pgreel.replay.fault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effects at a moment.
 *
 * @param label the signal that it gives when it acts, and its name in reports; null for none
 * @param effects one after the other
 * @param moment when; null for here
 */
public record Fault(
        @Nullable String label,
        List<Effect> effects,
        @Nullable Moment moment) {
    /** Refuses a fault without effect. */
    public Fault {
        effects = List.copyOf(effects);
        if (effects.isEmpty()) {
            throw new IllegalArgumentException("A fault has at least one effect");
        }
    }
}
