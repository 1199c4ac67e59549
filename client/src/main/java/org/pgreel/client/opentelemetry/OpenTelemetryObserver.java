package org.pgreel.client.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.observation.ObservedSession;
import org.pgreel.client.observation.ObserverClock;
import org.pgreel.client.observation.OperationObservation;
import org.pgreel.client.observation.SessionObservation;
import org.pgreel.client.observation.SessionObserver;

/**
 * Measures sessions by OpenTelemetry's semantic conventions for database clients.
 *
 * <ul>
 *   <li>{@code db.client.operation.duration}, seconds: each operation from the call to its end. A failed one has
 *       {@code error.type} (the SQLSTATE, or the name of the failure) and, from the server,
 *       {@code db.response.status_code}.
 *   <li>{@code db.client.connection.create_time}, seconds: the way to the first ReadyForQuery; {@code error.type} where it
 *       failed.
 * </ul>
 *
 * <p>SQL, parameters and the user's name are never told. Attributes are {@code db.system.name}, {@code db.namespace} (the
 * database), {@code server.address}, {@code server.port} and {@code db.operation.name}, which is the kind of operation, for
 * PgReel does not read SQL to name it.
 *
 * <p>Immutable and thread-safe; one serves all sessions.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-metrics/">the conventions</a>
 */
public final class OpenTelemetryObserver implements SessionObserver {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("db.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final List<Double> BUCKETS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    private static final double NANOS = 1e9;

    private final DoubleHistogram operations;
    private final DoubleHistogram connects;

    /**
     * Creates an observer that measures with this.
     *
     * @param telemetry the application's
     */
    public OpenTelemetryObserver(OpenTelemetry telemetry) {
        Meter meter = telemetry.getMeter("org.pgreel.client");
        operations = meter.histogramBuilder("db.client.operation.duration")
                .setDescription("Duration of database client operations.")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
        connects = meter.histogramBuilder("db.client.connection.create_time")
                .setDescription("The time it took to create a new connection.")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    @Override
    public SessionObservation begins(ObservedSession opening) {
        Attributes attributes = Attributes.builder()
                .put(SYSTEM, "postgresql")
                .put(NAMESPACE, opening.database())
                .put(ADDRESS, opening.address())
                .put(PORT, (long) opening.port())
                .build();
        return new Measured(attributes, ObserverClock.nanos());
    }

    private final class Measured implements SessionObservation {
        private final Attributes attributes;
        private final long begun;
        private boolean ready;

        Measured(Attributes attributes, long begun) {
            this.attributes = attributes;
            this.begun = begun;
        }

        @Override
        public void ready() {
            ready = true;
            connects.record(since(begun), attributes);
        }

        @Override
        public OperationObservation submitted(String kind) {
            long submitted = ObserverClock.nanos();
            return (failure, sqlState) -> operations.record(since(submitted), attributesOf(kind, failure, sqlState));
        }

        private Attributes attributesOf(String kind, @Nullable String failure, @Nullable String sqlState) {
            AttributesBuilder all = attributes.toBuilder().put(OPERATION, kind);
            if (sqlState != null) {
                all.put(STATUS, sqlState);
            }
            if (failure != null) {
                all.put(ERROR, sqlState == null ? failure : sqlState);
            }
            return all.build();
        }

        @Override
        public void ended(String reason, @Nullable String violation) {
            if (!ready) {
                connects.record(
                        since(begun), attributes.toBuilder().put(ERROR, reason).build());
            }
        }
    }

    private static double since(long nanos) {
        return (ObserverClock.nanos() - nanos) / NANOS;
    }
}
