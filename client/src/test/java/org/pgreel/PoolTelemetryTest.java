package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.Eventually.until;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.AcquireTimedOutException;
import org.pgreel.client.Session;
import org.pgreel.client.opentelemetry.OpenTelemetryPoolObserver;
import org.pgreel.client.pool.PoolMetrics;
import org.pgreel.client.pool.PoolObserver;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.postgres.PostgresServer;

/** What OpenTelemetry measures of a pool, by the names of its conventions. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class PoolTelemetryTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String PREFIX = "db.client.connection.";

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final ManualTimers timers = new ManualTimers();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private SessionPool pool(PoolObserver observer) {
        return WATCHED.client()
                .pool(
                        WatchedClient.to(SERVER).build(),
                        PoolOptions.builder()
                                .max(2)
                                .acquireTimeout(Duration.ofSeconds(5))
                                .timers(timers)
                                .observer(observer)
                                .build());
    }

    /** Returns each number of the metrics that count: by name, and state if there is one. */
    private Map<String, Long> levels() {
        Map<String, Long> levels = new TreeMap<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            for (LongPointData point : metric.getLongSumData().getPoints()) {
                Map<String, String> attributes = new TreeMap<>();
                point.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
                assertThat(attributes.remove(PREFIX + "pool.name")).isEqualTo("orders");
                String state = attributes.remove(PREFIX + "state");
                assertThat(attributes).isEmpty();
                String name = metric.getName().substring(PREFIX.length());
                levels.put(state == null ? name : name + " " + state, point.getValue());
            }
        }
        return levels;
    }

    private HistogramPointData times(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(PREFIX + name))
                .peek(metric -> assertThat(metric.getUnit()).isEqualTo("s"))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void levelsAndTimesHaveTheNamesOfTheConventions() throws Exception {
        try (SdkMeterProvider meters =
                SdkMeterProvider.builder().registerMetricReader(reader).build()) {
            var telemetry = OpenTelemetrySdk.builder().setMeterProvider(meters).build();
            SessionPool pool = pool(new OpenTelemetryPoolObserver(telemetry, "orders"));
            Session one = done(pool.acquire());
            Session other = done(pool.acquire());
            CompletableFuture<Session> waiting = pool.acquire();
            assertThat(levels())
                    .isEqualTo(Map.of(
                            "count idle", 0L,
                            "count used", 2L,
                            "idle.max", 2L,
                            "idle.min", 0L,
                            "max", 2L,
                            "pending_requests", 1L,
                            "timeouts", 0L));

            timers.advance(Duration.ofSeconds(3));
            one.close();
            Session third = done(waiting);
            CompletableFuture<Session> inVain = pool.acquire();
            timers.advance(Duration.ofSeconds(5));
            assertThatThrownBy(() -> done(inVain)).cause().isInstanceOf(AcquireTimedOutException.class);
            third.close();
            other.close();
            until(() -> pool.metrics().idle() == 2, "both are back");

            assertThat(levels()).containsEntry("count idle", 2L).containsEntry("timeouts", 1L);
            assertThat(times("wait_time").getCount()).isEqualTo(3);
            assertThat(times("wait_time").getSum()).isEqualTo(3);
            assertThat(times("use_time").getCount()).isEqualTo(3);
            assertThat(times("use_time").getSum()).isEqualTo(3 + 5 + 8);

            done(pool.shutdown(Duration.ZERO));
            assertThat(levels()).isEmpty();
        }
    }

    @Test
    void anObserverThatThrowsChangesNothing() throws Exception {
        SessionPool pool = pool(new PoolObserver() {
            @Override
            public void opened(PoolOptions options, Supplier<PoolMetrics> metrics) {
                throw new IllegalStateException("opened");
            }

            @Override
            public void waited(Duration time) {
                throw new IllegalStateException("waited");
            }

            @Override
            public void used(Duration time) {
                throw new IllegalStateException("used");
            }

            @Override
            public void closed() {
                throw new IllegalStateException("closed");
            }
        });
        done(pool.withSession(session -> session.query("SELECT 1")));
        done(pool.shutdown(Duration.ZERO));
        assertThat(pool.metrics().created()).isEqualTo(1);
    }
}
