package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;

/**
 * Reads one line into its parts, whatever they mean: which messages and fields there are is not known here.
 *
 * <p>Behind the stamp the first word decides what a line is.
 */
final class LineParser {
    private static final List<String> BEGINNINGS = List.of("F", "B", "|", ">", "<", "@", "note");

    private final Cursor in;

    private LineParser(Cursor in) {
        this.in = in;
    }

    static Line parse(String text, int number) {
        return new LineParser(new Cursor(text, number)).line();
    }

    private Line line() {
        in.skipBlanks();
        Stamp stamp = stamp();
        Item item = in.atEnd() ? new Item.Blank() : item();
        return new Line(in.lineNumber(), stamp, item, in.comment());
    }

    private @Nullable Stamp stamp() {
        if (in.atEnd() || in.peek() < '0' || in.peek() > '9') {
            return null;
        }
        Place place = in.place();
        Stamp stamp = Stamp.parse(in.bare("a stamp"), place);
        in.skipBlanks();
        return stamp;
    }

    private Item item() {
        Place place = in.place();
        char first = in.peek();
        if (first == '|') {
            in.next();
            return boundary();
        }
        if (first == '>' || first == '<' || first == '@') {
            in.next();
            in.skipBlanks();
            return told(first);
        }
        String word = in.word();
        return switch (word) {
            case "F" -> sent(Direction.FRONTEND);
            case "B" -> sent(Direction.BACKEND);
            case "note" -> note();
            default -> throw place.unknownWord(word, "beginning of a line", BEGINNINGS);
        };
    }

    private Item sent(Direction direction) {
        in.skipBlanks();
        Place place = in.place();
        String name = in.bare("the name of a message or event");
        if (!Character.isLetter(name.charAt(0))) {
            throw place.failure("expected the name of a message or event and not \"" + name + "\"");
        }
        List<Field> fields = fields();
        return Character.isUpperCase(name.charAt(0))
                ? new Item.MessageItem(direction, name, fields, place.column())
                : new Item.EventItem(direction, name, fields, place.column());
    }

    private Item boundary() {
        in.skipBlanks();
        return new Item.Boundary(
                in.atEnd() ? 0 : in.place().number(in.bare("a number of bytes"), 1, Integer.MAX_VALUE));
    }

    private Item told(char marker) {
        String name = in.bare("a name");
        String session = null;
        if (!in.atEnd() && in.peek() == ':') {
            in.next();
            in.skipBlanks();
            session = name;
            name = in.bare("a name");
        }
        return new Item.Told(marker, session, name, fields());
    }

    private Item note() {
        in.skipBlanks();
        Place place = in.place();
        return new Item.Note(new ValueParser(in).value().bytes(place).text());
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        while (in.blankThenMore()) {
            fields.add(new ValueParser(in).field());
        }
        return fields;
    }
}
