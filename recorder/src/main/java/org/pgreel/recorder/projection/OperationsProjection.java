package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;

/** The operations of a session with what became of each and how long it took, derived from its messages. */
public final class OperationsProjection implements Projection<OperationsProjection.State> {

    /** The operations so far; owned by its fold. */
    public static final class State {

        private final SortedMap<Integer, Segment> segments = new TreeMap<>();
        private final List<RecordedOperation> decided = new ArrayList<>();

        private State() {}

        /** Returns the operations that were decided, in the order in which they were. */
        public List<RecordedOperation> decided() {
            return List.copyOf(decided);
        }

        /** Returns those that were not decided yet. */
        public List<RecordedOperation> pending() {
            List<RecordedOperation> pending = new ArrayList<>();
            segments.values().forEach(segment -> pending.addAll(segment.pending()));
            return pending;
        }
    }

    @Override
    public State initial() {
        return new State();
    }

    @Override
    public State message(State state, RecordedMessage message) {
        if (message.content() instanceof RecordedMessage.Decoded decoded) {
            Segment segment = state.segments.computeIfAbsent(message.connection(), ordinal -> new Segment());
            if (message.direction() == Direction.FRONTEND) {
                segment.sent(message, decoded.message());
            } else if (decoded.message() instanceof BackendMessage answer) {
                segment.answered(message, answer, state.decided::add);
            }
        }
        return state;
    }

    @Override
    public State copy(State state) {
        State copy = new State();
        state.segments.forEach((connection, segment) -> copy.segments.put(connection, segment.copy()));
        copy.decided.addAll(state.decided);
        return copy;
    }
}
