package org.pgreel.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pgreel.recorder.proxy.ProxyStatistics;

/** Answers {@code GET /metrics} with the counters of a proxy, in the text format of Prometheus. */
final class MetricsPort implements AutoCloseable {

    private static final double NANOS = 1e9;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int OK = 200;

    private final HttpServer server;

    private MetricsPort(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param retired tells how many files of the journal were retired
     * @throws IOException if the address cannot be listened on
     */
    static MetricsPort listen(HostAndPort address, Supplier<ProxyStatistics> statistics, LongSupplier retired)
            throws IOException {
        HttpServer server = HttpServer.create(address.resolve(), 0);
        server.createContext("/metrics", exchange -> answer(exchange, text(statistics.get(), retired.getAsLong())));
        server.start();
        return new MetricsPort(server);
    }

    /** Returns where it listens. */
    HostAndPort address() {
        return new HostAndPort(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, String metrics) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] body = metrics.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns the counters as Prometheus reads them. */
    private static String text(ProxyStatistics now, long retired) {
        var out = new StringBuilder();
        metric(out, "pgreel_sessions_total", "counter", "Sessions that began.");
        line(out, "pgreel_sessions_total", now.sessions());
        metric(out, "pgreel_sessions", "gauge", "Sessions that are forwarded now.");
        line(out, "pgreel_sessions", now.liveSessions());
        metric(out, "pgreel_sessions_refused_total", "counter", "Clients refused because there were too many.");
        line(out, "pgreel_sessions_refused_total", now.refusedSessions());
        metric(out, "pgreel_sessions_damaged_total", "counter", "Sessions that could not be recorded to their end.");
        line(out, "pgreel_sessions_damaged_total", now.damagedSessions());
        metric(out, "pgreel_cancel_requests_total", "counter", "Cancel requests.");
        line(out, "pgreel_cancel_requests_total", now.cancelRequests());
        metric(out, "pgreel_messages_total", "counter", "Messages recorded.");
        line(out, "pgreel_messages_total{direction=\"frontend\"}", now.messagesWritten());
        line(out, "pgreel_messages_total{direction=\"backend\"}", now.messagesRead());
        metric(out, "pgreel_bytes_total", "counter", "Bytes recorded.");
        line(out, "pgreel_bytes_total{direction=\"frontend\"}", now.bytesWritten());
        line(out, "pgreel_bytes_total{direction=\"backend\"}", now.bytesRead());
        metric(out, "pgreel_lag_seconds", "summary", "For how long bytes were held back until they were recorded.");
        seconds(out, "pgreel_lag_seconds_sum", now.lagNanos());
        line(out, "pgreel_lag_seconds_count", now.chunks());
        metric(out, "pgreel_lag_seconds_max", "gauge", "For how long at most.");
        seconds(out, "pgreel_lag_seconds_max", now.lagNanosMax());
        metric(out, "pgreel_journal_files_retired_total", "counter", "Files of the journal that were retired.");
        line(out, "pgreel_journal_files_retired_total", retired);
        return out.toString();
    }

    private static void metric(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, long value) {
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void seconds(StringBuilder out, String name, long nanos) {
        out.append(name)
                .append(' ')
                .append(String.format(Locale.ROOT, "%.9f", nanos / NANOS))
                .append('\n');
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
