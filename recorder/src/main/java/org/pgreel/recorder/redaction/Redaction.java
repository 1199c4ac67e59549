package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pgreel.protocol.message.FrontendMessage;

/** Rules and the key of their pseudonyms. Immutable; what it makes is confined to one thread each. */
public final class Redaction {

    private final List<RedactionRule> rules;
    private final RedactionKey key;

    /**
     * Creates a redaction.
     *
     * @param rules the first that means a value is the one that touches it
     * @param key by which values become pseudonyms
     */
    public Redaction(List<RedactionRule> rules, RedactionKey key) {
        this.rules = List.copyOf(rules);
        this.key = key;
    }

    /** Begins to redact recorded sessions and to count what is touched. */
    public RedactionRun run() {
        return new RedactionRun(rules, new Pseudonyms(key));
    }

    /**
     * Returns what redacts the messages of one live frontend as those of a recorded one were. A value that cannot be
     * redacted stays, and so matches nothing that was.
     */
    public UnaryOperator<FrontendMessage> frontend() {
        var values = new ValueRedactor(rules, new Pseudonyms(key), new ArrayList<>(), true);
        var messages = new FrontendRedactor(values);
        return message -> {
            values.begin("");
            return messages.redacted(0, message);
        };
    }
}
