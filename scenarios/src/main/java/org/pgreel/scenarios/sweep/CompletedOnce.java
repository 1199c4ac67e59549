package org.pgreel.scenarios.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pgreel.tap.CallbackKind;

/** Every operation completes, and not twice. */
final class CompletedOnce implements Invariant {
    @Override
    public String name() {
        return "completed-once";
    }

    @Override
    public String sentence() {
        return "Every submitted operation completes exactly once, none before it was submitted,"
                + " and none is open when pgSessionShutdown comes.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        Map<Integer, Integer> open = new HashMap<>();
        int submitted = 0;
        for (Trace.Entry entry : trace.entries()) {
            if (entry instanceof Trace.Entry.Submitted begun) {
                open.put(begun.line(), 1);
                submitted++;
            } else if (entry instanceof Trace.Entry.Completed done && open.merge(done.line(), -1, Integer::sum) != 0) {
                return Optional.of("the operation of line " + done.line() + " completes twice");
            } else if (entry instanceof Trace.Entry.Callback callback
                    && callback.kind() == CallbackKind.SHUTDOWN
                    && open.containsValue(1)) {
                return Optional.of("pgSessionShutdown comes while an operation is not completed");
            }
        }
        for (Map.Entry<Integer, Integer> each : open.entrySet()) {
            if (each.getValue() != 0) {
                return Optional.of(
                        "the operation of line " + each.getKey() + " never completes (of " + submitted + ")");
            }
        }
        return Optional.empty();
    }
}
