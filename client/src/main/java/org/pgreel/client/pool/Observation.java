package org.pgreel.client.pool;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who measure a pool; what they throw is logged. */
final class Observation {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final List<PoolObserver> observers;

    Observation(List<PoolObserver> observers) {
        this.observers = observers;
    }

    void opened(PoolOptions options, Supplier<PoolMetrics> metrics) {
        tell(observer -> observer.opened(options, metrics));
    }

    void waited(long nanos) {
        tell(observer -> observer.waited(Duration.ofNanos(nanos)));
    }

    void used(long nanos) {
        tell(observer -> observer.used(Duration.ofNanos(nanos)));
    }

    void closed() {
        tell(PoolObserver::closed);
    }

    private void tell(Consumer<PoolObserver> message) {
        for (PoolObserver observer : observers) {
            try {
                message.accept(observer);
            } catch (RuntimeException thrown) {
                LOG.warn("An observer of a pool threw; the pool goes on", thrown);
            }
        }
    }
}
