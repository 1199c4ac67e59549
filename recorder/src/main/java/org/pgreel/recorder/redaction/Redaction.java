package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Bytes;

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
     *
     * <p>For each message it returns what stands in its place: in general one message; for data of a COPY that which is
     * redacted by now, and the rest of it before the message that ends the COPY.
     */
    public Function<FrontendMessage, List<FrontendMessage>> frontend() {
        var values = new ValueRedactor(rules, new Pseudonyms(key), new ArrayList<>(), true);
        var messages = new FrontendRedactor(values);
        return message -> {
            values.begin("");
            CopySide copy = messages.copy(0);
            if (message instanceof CopyData data) {
                return List.of(new CopyData(Bytes.wrap(copy.add(data.data()))));
            }
            byte[] rest = FrontendRedactor.endsCopy(message) ? copy.end(message) : new byte[0];
            FrontendMessage redacted = messages.redacted(0, message);
            return rest.length == 0 ? List.of(redacted) : List.of(new CopyData(Bytes.wrap(rest)), redacted);
        };
    }
}
