package org.pgreel.replay.script;

import java.util.List;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.MessageForms;

/** Finds, when a script is loaded, what could never be played. */
final class ScriptChecks {
    private ScriptChecks() {}

    static void check(Script script) {
        check(script.lines());
    }

    private static void check(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.MessageLine message) {
                fields(line.number(), message);
            }
            if (step != null) {
                Bodies.of(step).forEach(ScriptChecks::check);
            }
        }
    }

    /** Refuses fields that the message does not have. */
    private static void fields(int line, Step.MessageLine message) {
        MessageForms.byName(
                new Item.MessageItem(message.direction(), message.name(), message.fields(), message.column()), line);
    }
}
