package org.pgreel.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.session.Timer;

/**
 * The timers of one session, on its event loop; confined to it.
 *
 * <p>Most are put off or disarmed long before they elapse, some at each read: then only the time is noted, and the task that
 * the loop holds goes on to wait for what is left when its own time comes.
 */
final class SessionTimers {
    private final EventLoop loop;
    private final Consumer<Timer> elapsed;
    private final Map<Timer, Alarm> alarms = new EnumMap<>(Timer.class);

    SessionTimers(EventLoop loop, Consumer<Timer> elapsed) {
        this.loop = loop;
        this.elapsed = elapsed;
    }

    /**
     * Arms a timer, in place of the one that may be armed.
     *
     * @throws RejectedExecutionException if the loop takes no more timers
     */
    void arm(Timer timer, Duration delay) {
        alarms.computeIfAbsent(timer, Alarm::new).set(delay.toNanos());
    }

    void disarm(Timer timer) {
        Alarm alarm = alarms.get(timer);
        if (alarm != null) {
            alarm.armed = false;
        }
    }

    void disarmAll() {
        alarms.values().forEach(Alarm::cancel);
        alarms.clear();
    }

    /** One timer, and the task that the loop holds for it, which may be left over from an earlier arming. */
    private final class Alarm {
        private final Timer timer;
        private boolean armed;
        private long deadline;
        private @Nullable Future<?> task;
        private long taskTime;

        Alarm(Timer timer) {
            this.timer = timer;
        }

        void set(long delay) {
            deadline = System.nanoTime() + delay;
            if (task == null || taskTime - deadline > 0) {
                cancel();
                schedule(delay);
            }
            armed = true;
        }

        private void schedule(long delay) {
            taskTime = deadline;
            task = loop.schedule(this::fire, delay, TimeUnit.NANOSECONDS);
        }

        private void fire() {
            task = null;
            if (!armed) {
                return;
            }
            long left = deadline - System.nanoTime();
            if (left > 0) {
                schedule(left);
            } else {
                armed = false;
                elapsed.accept(timer);
            }
        }

        void cancel() {
            armed = false;
            if (task != null) {
                task.cancel(false);
                task = null;
            }
        }
    }
}
