package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Finds lines in a script, in the order in which they stand, whatever block they stand in. */
final class ScriptSearch {
    private ScriptSearch() {}

    /** Returns all lines, blocks before their bodies. */
    static List<ScriptLine> flat(List<ScriptLine> lines) {
        var flat = new ArrayList<ScriptLine>();
        for (ScriptLine line : lines) {
            if (line.step() != null) {
                flat.add(line);
                Bodies.of(line.step()).forEach(body -> flat.addAll(flat(body)));
            }
        }
        return flat;
    }

    /** Tells whether the line sends that message, or one whose name begins so if it ends with a star. */
    static boolean sends(ScriptLine line, String name) {
        return line.step() instanceof Step.MessageLine message
                && message.direction() == Direction.BACKEND
                && named(message.name(), name);
    }

    /** Tells whether the line is about what goes over a connection. */
    static boolean onTheWire(ScriptLine line) {
        return line.step() instanceof Step.MessageLine
                || line.step() instanceof Step.EventLine
                || line.step() instanceof Step.Use;
    }

    /** Tells whether the line sends bytes that are no message. */
    static boolean sendsRaw(ScriptLine line) {
        return line.step() instanceof Step.EventLine event
                && event.direction() == Direction.BACKEND
                && event.name().equals("raw");
    }

    /** Tells whether the line awaits that message. */
    static boolean awaits(ScriptLine line, String name) {
        return line.step() instanceof Step.MessageLine message
                && message.direction() == Direction.FRONTEND
                && named(message.name(), name);
    }

    private static boolean named(String name, String pattern) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    /** Tells whether the line uses that ready-made block. */
    static boolean uses(ScriptLine line, String block) {
        return line.step() instanceof Step.Use use && use.block().equals(block);
    }

    /** Tells whether the line puts on the wire what its fields do not say. */
    static boolean overrides(ScriptLine line) {
        return line.step() instanceof Step.MessageLine message
                && message.fields().stream().anyMatch(field -> field instanceof Field.Overriding);
    }

    /** Returns the text of a value that is one string. */
    static Optional<String> text(Value value) {
        return value.atoms().size() == 1 && value.atoms().get(0) instanceof Atom.Literal literal
                ? Optional.of(literal.bytes().text())
                : Optional.empty();
    }

    /** Returns the text of the first field if it is one string. */
    static Optional<String> firstText(List<Field> fields) {
        return !fields.isEmpty() && fields.get(0) instanceof Field.Plain plain ? text(plain.value()) : Optional.empty();
    }

    /** Returns the text as the notation spells a string. */
    static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
