package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watchdog barks. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class EventLoopWatchdogTest {
    @Test
    void aTurnThatComputesTooLongIsSeen() throws Exception {
        try (Transport transport = Transport.start(1, true, true);
                EventLoopWatchdog watchdog = new EventLoopWatchdog(transport)) {
            EventLoop loop = transport.loops().next();
            long longest = 0;
            for (int attempt = 0; attempt < 50 && longest < 100; attempt++) {
                long probes = watchdog.probes();
                CompletableFuture<Void> computed =
                        CompletableFuture.runAsync(() -> compute(TimeUnit.MILLISECONDS.toNanos(150)), loop);
                computed.get(30, TimeUnit.SECONDS);
                while (watchdog.probes() < probes + 2) {
                    Thread.onSpinWait();
                }
                longest = Math.max(longest, watchdog.longestMillis());
            }
            assertThat(longest).isGreaterThanOrEqualTo(100);
        }
    }

    private static void compute(long nanos) {
        var threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + nanos;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }
}
