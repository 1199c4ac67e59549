package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;

/** Reads what stands behind {@code F} and {@code B}. */
final class Played {
    private Played() {}

    static Step read(LineReader in, Direction direction) {
        int column = in.column();
        String name = in.bare("the name of a message or event");
        boolean message = Character.isUpperCase(name.charAt(0));
        List<String> known = message ? MessageNames.of(direction) : events(direction);
        if (!known.contains(name)) {
            String kind =
                    (direction == Direction.FRONTEND ? "frontend" : "backend") + (message ? " message" : " event");
            throw in.unknownWord(column, name, kind, known);
        }
        List<Field> fields = fields(in);
        if (direction == Direction.BACKEND) {
            fields.forEach(field -> requireComplete(in, field));
        }
        return message
                ? new Step.MessageLine(direction, name, fields, column)
                : new Step.EventLine(direction, name, fields);
    }

    static List<String> events(Direction direction) {
        return direction == Direction.FRONTEND ? Words.FRONTEND_EVENTS : Words.BACKEND_EVENTS;
    }

    /** Reads fields up to the comment. */
    static List<Field> fields(LineReader in) {
        var fields = new ArrayList<Field>();
        while (in.blankThenMore()) {
            fields.add(known(in, in.field()));
        }
        return fields;
    }

    /** Refuses wildcards of a type that is none. */
    static Field known(LineReader in, Field field) {
        if (field instanceof Field.Plain plain) {
            known(in, field.column(), plain.value());
        } else if (field instanceof Field.Named named) {
            known(in, field.column(), named.value());
        } else if (field instanceof Field.Overriding override) {
            known(in, field.column(), override.value());
        }
        return field;
    }

    private static void known(LineReader in, int column, Value value) {
        for (Atom atom : value.atoms()) {
            if (atom instanceof Atom.Wildcard wildcard && !Words.WILDCARDS.contains(wildcard.type())) {
                throw in.unknownWord(column, wildcard.type(), "type of a wildcard", Words.WILDCARDS);
            }
            if (atom instanceof Atom.Group group) {
                group.fields().forEach(field -> known(in, field));
            }
        }
    }

    /** A message that is sent is complete: nothing in it is left open. */
    static void requireComplete(LineReader in, Field field) {
        boolean open = field instanceof Field.Rest
                || field instanceof Field.Plain plain && open(plain.value())
                || field instanceof Field.Named named && open(named.value());
        if (open) {
            throw new NotationException(
                    in.line(),
                    field.column(),
                    "a message that is sent is complete: \"*\" and \"...\" say nothing in it");
        }
    }

    private static boolean open(Value value) {
        return value.atoms().stream()
                .anyMatch(atom -> atom instanceof Atom.Any
                        || atom instanceof Atom.Group group
                                && group.fields().stream()
                                        .anyMatch(field -> field instanceof Field.Rest
                                                || field instanceof Field.Plain plain && open(plain.value())));
    }
}
