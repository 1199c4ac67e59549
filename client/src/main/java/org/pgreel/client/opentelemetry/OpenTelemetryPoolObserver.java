package org.pgreel.client.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.pool.PoolMetrics;
import org.pgreel.client.pool.PoolObserver;
import org.pgreel.client.pool.PoolOptions;

/**
 * Measures one pool by OpenTelemetry's semantic conventions for database client connection pools; all have the attribute
 * {@code db.client.connection.pool.name}.
 *
 * <ul>
 *   <li>{@code db.client.connection.count}, sessions by {@code db.client.connection.state}: {@code idle}, or {@code used},
 *       which counts those that are lent, checked or reset. Those on their way to ready are in neither.
 *   <li>{@code db.client.connection.idle.min}, {@code db.client.connection.idle.max}, {@code db.client.connection.max}
 *   <li>{@code db.client.connection.pending_requests}: acquires that wait
 *   <li>{@code db.client.connection.timeouts}: acquires that ended by the acquire time-out
 *   <li>{@code db.client.connection.wait_time}, {@code db.client.connection.use_time}, seconds
 * </ul>
 *
 * <p>{@code db.client.connection.create_time} is measured by {@link OpenTelemetryObserver}. For one pool; thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-metrics/">the conventions</a>
 */
public final class OpenTelemetryPoolObserver implements PoolObserver {

    private static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");
    private static final List<Double> BUCKETS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    private static final double NANOS = 1e9;
    private static final String PREFIX = "db.client.connection.";

    private final Meter meter;
    private final Attributes attributes;
    private final DoubleHistogram waits;
    private final DoubleHistogram uses;
    private volatile @Nullable BatchCallback observed;

    /**
     * Creates an observer that measures with this.
     *
     * @param telemetry the application's
     * @param pool the pool's name, unique within the application
     */
    public OpenTelemetryPoolObserver(OpenTelemetry telemetry, String pool) {
        meter = telemetry.getMeter("org.pgreel.client");
        attributes = Attributes.of(POOL, pool);
        waits = histogram("wait_time", "The time it took to obtain an open connection from the pool.");
        uses = histogram("use_time", "The time between borrowing a connection and returning it to the pool.");
    }

    private DoubleHistogram histogram(String name, String description) {
        return meter.histogramBuilder(PREFIX + name)
                .setDescription(description)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    @Override
    public void opened(PoolOptions options, Supplier<PoolMetrics> metrics) {
        ObservableLongMeasurement count =
                level("count", "{connection}", "The number of connections that are currently in the state described.");
        ObservableLongMeasurement least = level("idle.min", "{connection}", "The least number of idle connections.");
        ObservableLongMeasurement mostIdle = level("idle.max", "{connection}", "The most idle connections.");
        ObservableLongMeasurement most = level("max", "{connection}", "The most open connections.");
        ObservableLongMeasurement pending =
                level("pending_requests", "{request}", "The number of requests that wait for a connection.");
        ObservableLongMeasurement timeouts = meter.counterBuilder(PREFIX + "timeouts")
                .setDescription("The number of requests for a connection that timed out.")
                .setUnit("{timeout}")
                .buildObserver();
        observed = meter.batchCallback(
                () -> {
                    PoolMetrics now = metrics.get();
                    count.record(now.idle(), state("idle"));
                    count.record((long) now.active() + now.tending(), state("used"));
                    least.record(options.min(), attributes);
                    mostIdle.record(options.max(), attributes);
                    most.record(options.max(), attributes);
                    pending.record(now.waiting(), attributes);
                    timeouts.record(now.timedOut(), attributes);
                },
                count,
                least,
                mostIdle,
                most,
                pending,
                timeouts);
    }

    private ObservableLongMeasurement level(String name, String unit, String description) {
        return meter.upDownCounterBuilder(PREFIX + name)
                .setDescription(description)
                .setUnit(unit)
                .buildObserver();
    }

    private Attributes state(String state) {
        return attributes.toBuilder().put(STATE, state).build();
    }

    @Override
    public void waited(Duration time) {
        waits.record(time.toNanos() / NANOS, attributes);
    }

    @Override
    public void used(Duration time) {
        uses.record(time.toNanos() / NANOS, attributes);
    }

    @Override
    public void closed() {
        BatchCallback open = observed;
        if (open != null) {
            open.close();
        }
    }
}
