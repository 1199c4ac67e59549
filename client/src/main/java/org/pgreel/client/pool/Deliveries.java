package org.pgreel.client.pool;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hands sessions to those who waited without growing the stack: what a borrower does with a session at once may lead to
 * the next delivery, and that to the next. From a certain depth on they are done one after the other instead.
 */
final class Deliveries {
    private static final int DEPTH_MAX = 16;

    private static final ThreadLocal<Deliveries> OF_THREAD = ThreadLocal.withInitial(Deliveries::new);

    private final Deque<Runnable> postponed = new ArrayDeque<>();
    private int depth;

    private Deliveries() {}

    static void deliver(Runnable delivery) {
        OF_THREAD.get().run(delivery);
    }

    private void run(Runnable delivery) {
        if (depth >= DEPTH_MAX) {
            postponed.add(delivery);
            return;
        }
        depth++;
        try {
            delivery.run();
            if (depth == 1) {
                for (Runnable next = postponed.poll(); next != null; next = postponed.poll()) {
                    next.run();
                }
            }
        } finally {
            depth--;
        }
    }
}
