package org.pgreel.recorder.proxy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.pgreel.protocol.wire.Direction;

/** What one proxy has done so far. Safe for use by many threads. */
final class ProxyCounters {

    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong cancels = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();
    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder messagesWritten = new LongAdder();
    private final LongAdder messagesRead = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder heldNanos = new LongAdder();
    private final LongAccumulator heldNanosMax = new LongAccumulator(Math::max, 0);

    void sessionBegan() {
        sessions.incrementAndGet();
    }

    void sessionRefused() {
        refused.incrementAndGet();
    }

    void cancelRequested() {
        cancels.incrementAndGet();
    }

    void sessionDamaged() {
        damaged.incrementAndGet();
    }

    /** Notes what one read brought, and for how long it was held back to be recorded. */
    void passed(Direction direction, int bytes, long messages, long nanos) {
        if (direction == Direction.FRONTEND) {
            bytesWritten.add(bytes);
            messagesWritten.add(messages);
        } else {
            bytesRead.add(bytes);
            messagesRead.add(messages);
        }
        held.increment();
        heldNanos.add(nanos);
        heldNanosMax.accumulate(nanos);
    }

    ProxyStatistics statistics(int live) {
        return new ProxyStatistics(
                sessions.get(),
                live,
                refused.get(),
                cancels.get(),
                damaged.get(),
                messagesWritten.sum(),
                messagesRead.sum(),
                bytesWritten.sum(),
                bytesRead.sum(),
                held.sum(),
                heldNanos.sum(),
                heldNanosMax.get());
    }
}
