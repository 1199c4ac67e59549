package org.pgreel.scenarios.sweep;

import java.util.Optional;
import java.util.Set;
import org.pgreel.tap.CallbackKind;

/** Nobody hears anything behind the end. */
final class NothingAfterShutdown implements Invariant {
    /** How an operation that is asked for behind the end comes out, and a cancel of nothing. */
    private static final Set<String> ALLOWED = Set.of("failed", "cancelled");

    @Override
    public String name() {
        return "nothing-after-shutdown";
    }

    @Override
    public String sentence() {
        return "Behind pgSessionShutdown comes no callback and no row; what is asked then fails at once.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        boolean over = false;
        for (Trace.Entry entry : trace.entries()) {
            if (entry instanceof Trace.Entry.Callback callback) {
                if (over) {
                    return Optional.of(callback + " comes behind pgSessionShutdown");
                }
                over = callback.kind() == CallbackKind.SHUTDOWN;
            } else if (over && entry instanceof Trace.Entry.Answer answer) {
                if (answer.results().stream().anyMatch(heard -> !ALLOWED.contains(heard.word()))) {
                    return Optional.of(answer.results() + " is told behind pgSessionShutdown");
                }
            }
        }
        return Optional.empty();
    }
}
