package org.pgreel.recorder.projection;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;

/** How long operations took, as a histogram. What it holds does not grow with the session. */
public final class TimingProjection implements Projection<TimingProjection.State> {

    private static final int DIGITS = 3;

    /** The latencies so far; owned by its fold. */
    public static final class State {

        private final SortedMap<Integer, Segment> segments = new TreeMap<>();
        private final Histogram latencies;

        private State(Histogram latencies) {
            this.latencies = latencies;
        }

        /** Returns how long the operations that were decided took, in nanoseconds, to three digits. */
        public Histogram latencies() {
            return latencies.copy();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State that && latencies.equals(that.latencies);
        }

        @Override
        public int hashCode() {
            return latencies.hashCode();
        }
    }

    @Override
    public State initial() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return new State(histogram);
    }

    @Override
    public State message(State state, RecordedMessage message) {
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            Segment segment = state.segments.computeIfAbsent(message.connection(), ordinal -> new Segment());
            if (message.direction() == Direction.FRONTEND) {
                segment.sent(message, decoded.message());
            } else if (decoded.message() instanceof BackendMessage answer) {
                segment.answered(message, answer, operation -> state.latencies.recordValue(operation.latencyNanos()));
            }
        }
        return state;
    }

    @Override
    public State copy(State state) {
        State copy = new State(state.latencies.copy());
        state.segments.forEach((connection, segment) -> copy.segments.put(connection, segment.copy()));
        return copy;
    }
}
