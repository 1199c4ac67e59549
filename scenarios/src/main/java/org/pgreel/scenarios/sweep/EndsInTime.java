package org.pgreel.scenarios.sweep;

import java.util.Optional;

/** No wait is without end. */
final class EndsInTime implements Invariant {
    @Override
    public String name() {
        return "ends-in-time";
    }

    @Override
    public String sentence() {
        return "The session ends within four hours of its own time, an hour of silence included.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        return Optional.ofNullable(trace.endless());
    }
}
