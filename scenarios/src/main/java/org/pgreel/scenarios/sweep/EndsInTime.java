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
        return "The session ends within half an hour of its own time, although a silence may last an hour.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        return Optional.ofNullable(trace.endless());
    }
}
