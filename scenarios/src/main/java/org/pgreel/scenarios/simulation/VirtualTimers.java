package org.pgreel.scenarios.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The timers of one side of a simulated connection, on the run's clock. */
final class VirtualTimers<T extends Enum<T>> {
    private final VirtualClock clock;
    private final Consumer<T> elapsed;
    private final Map<T, VirtualClock.Alarm> armed;

    /**
     * @param elapsed is told which timer has elapsed
     */
    VirtualTimers(VirtualClock clock, Class<T> timers, Consumer<T> elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
        this.armed = new EnumMap<>(timers);
    }

    void arm(T timer, Duration delay) {
        disarm(timer);
        armed.put(timer, clock.after(delay, () -> {
            armed.remove(timer);
            elapsed.accept(timer);
        }));
    }

    void disarm(T timer) {
        VirtualClock.Alarm alarm = armed.remove(timer);
        if (alarm != null) {
            clock.forget(alarm);
        }
    }

    void disarmAll(Predicate<T> which) {
        armed.entrySet().removeIf(each -> {
            boolean disarmed = which.test(each.getKey());
            if (disarmed) {
                clock.forget(each.getValue());
            }
            return disarmed;
        });
    }

    boolean holdsOtherThan(T timer) {
        return armed.size() > (armed.containsKey(timer) ? 1 : 0);
    }

    boolean isEmpty() {
        return armed.isEmpty();
    }
}
