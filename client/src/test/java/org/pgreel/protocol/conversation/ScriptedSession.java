package org.pgreel.protocol.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Direction;

/**
 * A session in words: names of {@link Samples} behind {@code >} (what the frontend sends) and {@code <} (what the backend
 * sends), for example {@code > Query < CommandComplete ReadyForQuery}.
 *
 * <p>ReadyForQuery without a status is ReadyForQuery(I).
 */
record ScriptedSession(String name, List<Step> steps) {
    /** A login without password; what most sessions begin with. */
    static final String LOGIN = "> StartupMessage < AuthenticationOk ParameterStatus BackendKeyData ReadyForQuery ";

    /** One message. */
    record Step(Direction from, String sample, Message message) {
        @Override
        public String toString() {
            return (from == Direction.FRONTEND ? "> " : "< ") + sample;
        }
    }

    static ScriptedSession of(String name, String script) {
        List<Step> steps = new ArrayList<>();
        Direction from = Direction.FRONTEND;
        StringTokenizer words = new StringTokenizer(script);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            switch (word) {
                case ">" -> from = Direction.FRONTEND;
                case "<" -> from = Direction.BACKEND;
                default -> steps.add(step(from, word.equals("ReadyForQuery") ? "ReadyForQuery(I)" : word));
            }
        }
        return new ScriptedSession(name, List.copyOf(steps));
    }

    static Step step(Direction from, String sample) {
        Map<String, ? extends Message> samples = from == Direction.FRONTEND ? Samples.FRONTEND : Samples.BACKEND;
        Message message = samples.get(sample);
        if (message == null) {
            throw new IllegalArgumentException("No sample of " + from + " is called " + sample);
        }
        return new Step(from, sample, message);
    }

    /** Folds the session from its beginning. */
    Conversation fold() {
        Conversation at = Conversation.begin();
        for (Step step : steps) {
            at = at.after(step.from(), step.message());
        }
        return at;
    }

    @Override
    public String toString() {
        return name;
    }
}
