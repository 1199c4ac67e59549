package org.pgreel.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pgreel.session.Timer;

/** The timers of one session, on its event loop; confined to it. */
final class SessionTimers {
    private final EventLoop loop;
    private final Consumer<Timer> elapsed;
    private final Map<Timer, Future<?>> armed = new EnumMap<>(Timer.class);

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
        disarm(timer);
        armed.put(timer, loop.schedule(() -> fire(timer), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    void disarm(Timer timer) {
        Future<?> pending = armed.remove(timer);
        if (pending != null) {
            pending.cancel(false);
        }
    }

    void disarmAll() {
        armed.values().forEach(pending -> pending.cancel(false));
        armed.clear();
    }

    private void fire(Timer timer) {
        if (armed.remove(timer) != null) {
            elapsed.accept(timer);
        }
    }
}
