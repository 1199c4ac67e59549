package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watchdog barks at turns that compute or block for long, and at nothing else. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EventLoopWatchdogTest {
    /** What the tests of the client allow. */
    private static final long ALLOWED_MILLIS = 50;

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Enough for a turn to be looked at, since a busy machine may keep the watchdog from looking. */
    private static final int ATTEMPTS = 50;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTurnThatComputesTooLongIsSeen(boolean epoll) throws Exception {
        try (Transport transport = Transport.start(1, true, epoll);
                EventLoopWatchdog watchdog = new EventLoopWatchdog(transport)) {
            long longest = 0;
            for (int attempt = 0; attempt < ATTEMPTS && longest < 100; attempt++) {
                turn(transport, watchdog, () -> compute(TURN_NANOS));
                longest = Math.max(longest, watchdog.longestMillis());
            }
            assertThat(longest).isGreaterThanOrEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTurnThatSleepsIsSeenAndShown(boolean epoll) throws Exception {
        EventLoopWatchdog.Blocked blocked = longestBlocked(epoll, EventLoopWatchdogTest::sleepUntil);
        assertThat(blocked.millis()).isGreaterThan(ALLOWED_MILLIS);
        assertThat(blocked.where()).contains("pgreel-client-1", "LockSupport.parkNanos", "sleepUntil");
    }

    @Test
    void aTurnThatWaitsForAMonitorIsSeenAndShown() throws Exception {
        Object monitor = new Object();
        EventLoopWatchdog.Blocked blocked = longestBlocked(true, deadline -> {
            CountDownLatch held = new CountDownLatch(1);
            new NamedThreads("holder")
                    .newThread(() -> {
                        synchronized (monitor) {
                            held.countDown();
                            sleepUntil(deadline);
                        }
                    })
                    .start();
            await(held);
            synchronized (monitor) {
                assertThat(Thread.holdsLock(monitor)).isTrue();
            }
        });
        assertThat(blocked.millis()).isGreaterThan(ALLOWED_MILLIS);
        assertThat(blocked.where()).contains("aTurnThatWaitsForAMonitorIsSeenAndShown");
    }

    @Test
    void aTurnThatWaitsForALockIsSeenAndShown() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        EventLoopWatchdog.Blocked blocked = longestBlocked(true, deadline -> {
            CountDownLatch held = new CountDownLatch(1);
            new NamedThreads("holder")
                    .newThread(() -> {
                        lock.lock();
                        held.countDown();
                        sleepUntil(deadline);
                        lock.unlock();
                    })
                    .start();
            await(held);
            lock.lock();
            lock.unlock();
        });
        assertThat(blocked.millis()).isGreaterThan(ALLOWED_MILLIS);
        assertThat(blocked.where()).contains("ReentrantLock.lock");
    }

    @Test
    void aTurnThatReadsASilentSocketIsSeenAndShown() throws Exception {
        assumeTrue(KernelThread.current().isPresent(), "Linux tells it from a busy machine");
        try (RawServer server = new RawServer();
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(TURN_NANOS));
            EventLoopWatchdog.Blocked blocked = longestBlocked(true, deadline -> {
                try {
                    assertThat(socket.getInputStream().read()).isNegative();
                } catch (SocketTimeoutException asExpected) {
                    // Nobody says anything.
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
            assertThat(blocked.millis()).isGreaterThan(ALLOWED_MILLIS);
            assertThat(blocked.where()).contains("aTurnThatReadsASilentSocketIsSeenAndShown");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdleLoopIsNoBlockedTurn(boolean epoll) throws Exception {
        try (Transport transport = Transport.start(2, true, epoll);
                EventLoopWatchdog watchdog = new EventLoopWatchdog(transport)) {
            awaitProbes(watchdog, 500);
            assertThat(watchdog.longestMillis()).isLessThanOrEqualTo(ALLOWED_MILLIS);
            assertThat(watchdog.longestBlocked().millis()).isLessThanOrEqualTo(ALLOWED_MILLIS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBusyMachineMakesNoTurnLong(boolean epoll) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new NamedThreads("busy").newThread(() -> {
                while (!over.get()) {
                    Thread.onSpinWait();
                }
            });
            busy.add(thread);
            thread.start();
        }
        try (Transport transport = Transport.start(1, true, epoll);
                EventLoopWatchdog watchdog = new EventLoopWatchdog(transport)) {
            for (int i = 0; i < 10; i++) {
                turn(transport, watchdog, () -> compute(TimeUnit.MILLISECONDS.toNanos(10)));
            }
            assertThat(watchdog.longestMillis()).isLessThanOrEqualTo(ALLOWED_MILLIS);
            assertThat(watchdog.longestBlocked().millis()).isLessThanOrEqualTo(ALLOWED_MILLIS);
        } finally {
            over.set(true);
        }
        for (Thread thread : busy) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
    }

    /** Runs a turn that gets the moment at which it should end, until it was seen to sleep for too long. */
    private static EventLoopWatchdog.Blocked longestBlocked(boolean epoll, TurnUntil turn) throws Exception {
        try (Transport transport = Transport.start(1, true, epoll);
                EventLoopWatchdog watchdog = new EventLoopWatchdog(transport)) {
            EventLoopWatchdog.Blocked longest = watchdog.longestBlocked();
            for (int attempt = 0; attempt < ATTEMPTS && longest.millis() <= ALLOWED_MILLIS; attempt++) {
                turn(transport, watchdog, () -> turn.runUntil(System.nanoTime() + TURN_NANOS));
                longest = watchdog.longestBlocked();
            }
            return longest;
        }
    }

    /** A turn that lasts until a moment. */
    @FunctionalInterface
    private interface TurnUntil {
        void runUntil(long deadlineNanos);
    }

    private static void turn(Transport transport, EventLoopWatchdog watchdog, Runnable turn) throws Exception {
        EventLoop loop = transport.loops().next();
        // The first answer tells the watchdog which thread it is.
        awaitProbes(watchdog, watchdog.probes() + 1);
        CompletableFuture.runAsync(turn, loop).get(30, TimeUnit.SECONDS);
        awaitProbes(watchdog, watchdog.probes() + 2);
    }

    private static void awaitProbes(EventLoopWatchdog watchdog, long count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (watchdog.probes() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void sleepUntil(long deadlineNanos) {
        for (long left = deadlineNanos - System.nanoTime(); left > 0; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
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
