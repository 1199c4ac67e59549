package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.opentelemetry.OpenTelemetryObserver;

/** What OpenTelemetry measures of a session. */
@Timeout(60)
class OpenTelemetryTest {

    @Test
    void operationsAndConnectsAreMeasuredByTheConventions() {
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        try (SdkMeterProvider meters =
                SdkMeterProvider.builder().registerMetricReader(reader).build()) {
            var observer = new OpenTelemetryObserver(
                    OpenTelemetrySdk.builder().setMeterProvider(meters).build());
            SessionRig rig =
                    SessionRig.with(o -> o.observer(observer).database("shop")).ready();
            rig.query("select 1").receive(done("SELECT 1"), IDLE);
            rig.query("select 1/0").receive(error("ERROR", "22012"), IDLE);
            SessionRig.with(o -> o.observer(observer)).connected().core.endOfStream();

            Collection<MetricData> metrics = reader.collectAllMetrics();

            assertThat(metrics)
                    .extracting(MetricData::getName, MetricData::getUnit)
                    .containsExactlyInAnyOrder(
                            tuple("db.client.operation.duration", "s"), tuple("db.client.connection.create_time", "s"));
            assertThat(points(metrics, "db.client.operation.duration"))
                    .containsExactlyInAnyOrder(
                            attributes("shop", Map.of("db.operation.name", "simple-query")),
                            attributes(
                                    "shop",
                                    Map.of(
                                            "db.operation.name", "simple-query",
                                            "db.response.status_code", "22012",
                                            "error.type", "22012")));
            assertThat(points(metrics, "db.client.connection.create_time"))
                    .containsExactlyInAnyOrder(
                            attributes("shop", Map.of()),
                            attributes("alice", Map.of("error.type", "ConnectionClosedByServer")));
        }
    }

    private static List<Map<String, String>> points(Collection<MetricData> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .map(OpenTelemetryTest::attributes)
                .toList();
    }

    private static Map<String, String> attributes(HistogramPointData point) {
        assertThat(point.getCount()).isEqualTo(1);
        assertThat(point.getSum()).isBetween(0.0, 60.0);
        var attributes = new TreeMap<String, String>();
        point.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
        return attributes;
    }

    private static Map<String, String> attributes(String database, Map<String, String> more) {
        var attributes = new TreeMap<>(more);
        attributes.put("db.system.name", "postgresql");
        attributes.put("db.namespace", database);
        attributes.put("server.address", "db.example");
        attributes.put("server.port", "5432");
        return attributes;
    }
}
