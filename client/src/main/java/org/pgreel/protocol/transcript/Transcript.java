package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;

/** The lines of a text in the notation. Immutable. */
public record Transcript(List<Line> lines) {
    /** Copies the list. */
    public Transcript {
        lines = List.copyOf(lines);
    }

    /** Returns the bytes that the direction sends: its messages and {@code raw} lines. */
    public Bytes bytes(Direction direction) {
        MessageWriter out = new MessageWriter(Integer.MAX_VALUE);
        for (Line line : lines) {
            if (line.item() instanceof Item.MessageItem item && item.direction() == direction) {
                MessageForms.read(item, line.number()).encode(out);
            } else if (line.item() instanceof Item.EventItem item
                    && item.direction() == direction
                    && item.name().equals(EventForms.RAW)) {
                out.writeBytes(EventForms.raw(item, line.number()));
            }
        }
        return out.toBytes();
    }

    /**
     * Returns the same lines with every message in its one canonical spelling; messages with wildcards stay as they are.
     */
    public Transcript canonical() {
        return new Transcript(lines.stream().map(Transcript::canonical).toList());
    }

    private static Line canonical(Line line) {
        if (!(line.item() instanceof Item.MessageItem item) || hasWildcard(item.fields())) {
            return line;
        }
        Item spelled = MessageForms.write(item.direction(), MessageForms.read(item, line.number()), true);
        return new Line(line.number(), line.stamp(), spelled, line.comment());
    }

    private static boolean hasWildcard(List<Field> fields) {
        for (Field field : fields) {
            if (field instanceof Field.Plain plain && hasWildcard(plain.value())) {
                return true;
            }
            if (field instanceof Field.Named named && hasWildcard(named.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWildcard(Value value) {
        for (Atom atom : value.atoms()) {
            if (atom instanceof Atom.Wildcard || atom instanceof Atom.Any) {
                return true;
            }
            if (atom instanceof Atom.Group group && hasWildcard(group.fields())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the lines of the direction that send something, in their order. */
    public List<Line> sentBy(Direction direction) {
        List<Line> sent = new ArrayList<>();
        for (Line line : lines) {
            boolean message = line.item() instanceof Item.MessageItem item && item.direction() == direction;
            boolean event = line.item() instanceof Item.EventItem item && item.direction() == direction;
            if (message || event) {
                sent.add(line);
            }
        }
        return sent;
    }

    /** Returns the text in its canonical spelling, each line ended by a newline. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }
}
