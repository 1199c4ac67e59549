package org.pgreel.transport;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long one event loop's thread sleeps within a turn: for a lock, a timer, or inside a system call. It is looked at
 * every few milliseconds; only what lies between two looks at the same turn, both of which found it asleep, is counted,
 * and of a gap between looks that a busy machine has stretched only the usual length. So a machine that is short of
 * processors makes turns look shorter.
 *
 * <p>Confined to the thread that looks.
 */
final class BlockedTurn {
    private static final long GAP_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Below this a turn is not worth the cost of its stack. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int FRAMES_SHOWN = 12;

    private long turn = -1;
    private long beganNanos;
    private long lastAsleepNanos;
    private boolean wasAsleep;
    private long asleepNanos;
    private String where = "";

    /**
     * Looks at a thread that is in a turn.
     *
     * @param number the number of the turn
     * @param thread the loop's thread
     * @param kernel the same as the kernel knows it; null if it does not
     * @return how long the turn has slept so far, in nanoseconds
     */
    long look(long number, Thread thread, @Nullable KernelThread kernel) {
        long now = System.nanoTime();
        if (number != turn) {
            turn = number;
            beganNanos = now;
            wasAsleep = false;
            asleepNanos = 0;
            where = "";
        }
        boolean asleep = isAsleep(thread, kernel, now);
        if (asleep && wasAsleep) {
            asleepNanos += Math.min(now - lastAsleepNanos, GAP_MAX_NANOS);
        }
        wasAsleep = asleep;
        lastAsleepNanos = now;
        if (asleepNanos >= PATIENCE_NANOS && where.isEmpty()) {
            where = Arrays.stream(thread.getStackTrace())
                    .limit(FRAMES_SHOWN)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining("", thread.getName(), ""));
        }
        return asleepNanos;
    }

    /** Returns the stack of the turn that was looked at last; empty if it has not slept for long. */
    String where() {
        return where;
    }

    private boolean isAsleep(Thread thread, @Nullable KernelThread kernel, long now) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case RUNNABLE ->
                kernel != null && now - beganNanos > PATIENCE_NANOS && kernel.sleeps() && isCalling(thread);
            case NEW, TERMINATED -> false;
        };
    }

    /** Tells whether a thread is in a native call, other than that of a loop that waits for its sockets and so is idle. */
    private static boolean isCalling(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        // Elsewhere a runnable thread sleeps only while the virtual machine stops them all.
        return stack.length > 0 && stack[0].isNativeMethod() && !awaitsSockets(stack[0]);
    }

    private static boolean awaitsSockets(StackTraceElement call) {
        String method = call.getClassName() + "." + call.getMethodName();
        return method.startsWith("io.netty.channel.epoll.Native.epoll") || method.equals("sun.nio.ch.EPoll.wait");
    }
}
