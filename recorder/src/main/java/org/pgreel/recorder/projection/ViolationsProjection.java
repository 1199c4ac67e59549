package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.recorder.recording.RecordedMessage;

/** The illegal transitions of a session: each message that no conforming peer could have sent where it stands. */
public final class ViolationsProjection implements Projection<ViolationsProjection.State> {

    /** The violations so far, and where the conversations stand; owned by its fold. */
    public static final class State {

        private final Map<Integer, ConversationFold> conversations;
        private final List<Violation> violations;

        private State(Map<Integer, ConversationFold> conversations, List<Violation> violations) {
            this.conversations = new HashMap<>(conversations);
            this.violations = new ArrayList<>(violations);
        }

        /** Returns the violations in their order. */
        public List<Violation> violations() {
            return List.copyOf(violations);
        }

        private void message(RecordedMessage message) {
            ConversationFold before = conversations.getOrDefault(message.connection(), ConversationFold.BEGIN);
            ConversationFold after = before.after(message);
            conversations.put(message.connection(), after);
            Violation violation = after.violation();
            if (violation == null || violation.equals(before.violation())) {
                return;
            }
            if (after.violations() == before.violations()) {
                violations.removeIf(noted -> noted.message() == violation.message());
            }
            violations.add(violation);
        }
    }

    @Override
    public State initial() {
        return new State(Map.of(), List.of());
    }

    @Override
    public State message(State state, RecordedMessage message) {
        state.message(message);
        return state;
    }

    @Override
    public State copy(State state) {
        return new State(state.conversations, state.violations);
    }
}
