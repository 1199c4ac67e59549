package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.WireFields;

/** Checks one line by itself: the fields of its message, event or ready-made block. */
final class LineChecks {
    private LineChecks() {}

    static void check(ScriptLine line) {
        Step step = line.step();
        if (step instanceof Step.MessageLine message) {
            message(line.number(), message);
        } else if (step instanceof Step.EventLine event) {
            event(line, event);
        } else if (step instanceof Step.Use use) {
            use(line, use);
        } else if (step instanceof Step.Never never && never.message() != null) {
            message(line.number(), never.message());
        }
    }

    private static void message(int line, Step.MessageLine message) {
        message(line, message.column(), message.direction(), message.name(), message.fields());
    }

    /** Refuses fields that the message does not have, and values that such a field cannot hold. */
    static void message(int line, int column, Direction direction, String name, List<Field> fields) {
        var item = new Item.MessageItem(direction, name, fields, Math.max(1, column));
        MessageForms.byName(item, line);
        List<Field> plain = new ArrayList<>();
        for (Field field : fields) {
            if (field instanceof Field.Overriding override) {
                wireField(line, field.column(), name, override.name(), override.value());
            } else {
                plain.add(field);
            }
        }
        if (plain.stream().noneMatch(LineChecks::isOpen)) {
            MessageForms.read(new Item.MessageItem(direction, name, plain, Math.max(1, column)), line);
        }
    }

    /** Refuses a field that the message does not have on the wire, and a text where a number belongs. */
    static void wireField(int line, int column, String message, String field, Value value) {
        List<String> known = WireFields.of(message);
        if (!known.contains(field) && !WireFields.letter(message, field)) {
            throw new LineReader("", line)
                    .unknownWord(Math.max(1, column), field, "field of " + message + " on the wire", known);
        }
        if (WireFields.isNumber(field) && value.atoms().get(0) instanceof Atom.Bare bare) {
            try {
                Long.parseLong(bare.spelling());
            } catch (NumberFormatException notANumber) {
                throw new NotationException(
                        line, Math.max(1, column), "expected a number and not \"" + bare.spelling() + "\"");
            }
        }
    }

    /** Tells whether the field is only known when the script is played. */
    private static boolean isOpen(Field field) {
        return field instanceof Field.Rest
                || field instanceof Field.Plain plain && isOpen(plain.value())
                || field instanceof Field.Named named && isOpen(named.value());
    }

    private static boolean isOpen(Value value) {
        return value.atoms().stream().anyMatch(LineChecks::isOpen);
    }

    private static boolean isOpen(Atom atom) {
        return atom instanceof Atom.Any
                || atom instanceof Atom.Wildcard
                || atom instanceof Atom.File
                || atom instanceof Atom.Group group && group.fields().stream().anyMatch(LineChecks::isOpen);
    }

    private static void event(ScriptLine line, Step.EventLine event) {
        boolean timed = List.of("delay", "silent").contains(event.name());
        boolean stalled = event.name().equals("stall") && !event.fields().isEmpty();
        if ((timed || stalled)
                && !(event.fields().size() == 1 && isTime(event.fields().get(0)))) {
            throw failure(line, event, "expected a time, as 300ms or 2s");
        }
        if (event.name().equals("raw") && event.fields().isEmpty()) {
            throw failure(line, event, "expected bytes, as x\"00 ff\" or a string");
        }
        for (Field field : event.fields()) {
            if (field instanceof Field.Named named && !isWithin(named)) {
                throw failure(line, event, "expected within=D, as within=5s");
            }
        }
        boolean bare = List.of("connect", "eof", "reset", "close").contains(event.name());
        if (bare && event.fields().stream().anyMatch(field -> !(field instanceof Field.Named))) {
            throw failure(line, event, event.name() + " has no fields");
        }
    }

    private static boolean isWithin(Field.Named named) {
        return named.name().equals("within")
                && named.value().atoms().get(0) instanceof Atom.Bare bare
                && Durations.of(bare.spelling()).isPresent();
    }

    private static boolean isTime(Field field) {
        return field instanceof Field.Plain plain
                && plain.value().atoms().get(0) instanceof Atom.Bare bare
                && Durations.of(bare.spelling()).isPresent();
    }

    private static NotationException failure(ScriptLine line, Step.EventLine event, String problem) {
        int column =
                event.fields().isEmpty() ? line.column() : event.fields().get(0).column();
        return new NotationException(line.number(), Math.max(1, column), problem);
    }

    private static void use(ScriptLine line, Step.Use use) {
        List<String> known = switch (use.block()) {
            case "tls", "trust", "cleartext", "housekeeping" -> List.of();
            case "md5" -> List.of("salt");
            case "scram" -> List.of("iterations", "salt", "nonce", "server-nonce", "extra", "signature");
            case "key" -> List.of("pid", "key");
            case "startup" ->
                List.of("user", "database", "application_name", "options", "replication", "version", "tls");
            default -> null;
        };
        for (Field field : use.fields()) {
            if (!(field instanceof Field.Named named)) {
                throw new NotationException(line.number(), Math.max(1, field.column()), "expected name=value");
            }
            if (known != null && !known.contains(named.name())) {
                throw new LineReader("", line.number())
                        .unknownWord(Math.max(1, field.column()), named.name(), "field of " + use.block(), known);
            }
        }
    }
}
