package org.pgreel.replay.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When things were recorded, over all connections. The clock of a recorder starts anywhere, and means something within one
 * run only; runs are set one behind the other, in the order in which they are given.
 */
final class RecordedTimes {

    private record Span(long first, long last) {
        Span and(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    private final Map<String, Long> starts = new LinkedHashMap<>();
    private final Map<String, Span> runs = new LinkedHashMap<>();

    RecordedTimes(List<DecodedConnection> connections) {
        for (DecodedConnection connection : connections) {
            ConnectionDecoder decoder = connection.decoder();
            if (decoder.firstNanos() <= decoder.lastNanos()) {
                runs.merge(connection.run(), new Span(decoder.firstNanos(), decoder.lastNanos()), Span::and);
            }
        }
        long next = 0;
        for (Map.Entry<String, Span> run : runs.entrySet()) {
            Span span = run.getValue();
            starts.put(run.getKey(), next);
            next += span.last() - span.first() + 1;
        }
    }

    /** Returns the nanoseconds since the beginning of the first run. */
    long at(String run, long nanos) {
        Span span = runs.get(run);
        return span == null ? 0 : starts.getOrDefault(run, 0L) + nanos - span.first();
    }
}
