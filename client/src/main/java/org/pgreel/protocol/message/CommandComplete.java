package org.pgreel.protocol.message;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * CommandComplete ({@code 'C'}): an SQL statement was completed.
 *
 * @param tagBytes the command tag as it came, without its NUL, such as {@code INSERT 0 1}
 */
public record CommandComplete(Bytes tagBytes) implements BackendMessage {
    static final byte TYPE = 'C';

    /** Messages that come again and again, which need not be made each time. */
    private static final Frequent[] FREQUENT = Stream.of(
                    "SELECT 1", "INSERT 0 1", "UPDATE 1", "DELETE 1", "SELECT 0", "BEGIN", "COMMIT", "SET")
            .map(tag -> new Frequent(tag, new CommandComplete(tag)))
            .toArray(Frequent[]::new);

    private record Frequent(String tag, CommandComplete message) {}

    /** A completion with that command tag. */
    public CommandComplete(String tag) {
        this(Bytes.utf8(WireText.requireNoNul(tag, "command tag")));
    }

    /** Returns the command tag. */
    public String tag() {
        for (Frequent frequent : FREQUENT) {
            if (tagBytes.equals(frequent.message.tagBytes)) {
                return frequent.tag;
            }
        }
        return tagBytes.text();
    }

    /**
     * Returns the last word of the tag if it is a number: the rows that were touched; empty when there is none, or one
     * above 2⁶³ − 1.
     */
    public OptionalLong rowCount() {
        int from = tagBytes.length();
        while (from > 0 && tagBytes.byteAt(from - 1) != ' ') {
            from--;
        }
        if (from == 0 || from == tagBytes.length()) {
            return OptionalLong.empty();
        }
        long count = 0;
        for (int i = from; i < tagBytes.length(); i++) {
            int digit = tagBytes.byteAt(i) - '0';
            if (digit < 0 || digit > 9 || count > (Long.MAX_VALUE - digit) / 10) {
                return OptionalLong.empty();
            }
            count = count * 10 + digit;
        }
        return OptionalLong.of(count);
    }

    static CommandComplete decode(MessageReader body) {
        for (Frequent frequent : FREQUENT) {
            if (body.skipString(frequent.message.tagBytes)) {
                return frequent.message;
            }
        }
        return new CommandComplete(body.readStringBytes());
    }

    @Override
    public void encode(MessageWriter out) {
        out.begin(TYPE).writeBytes(tagBytes).writeByte(0).end();
    }

    @Override
    public String toString() {
        return "CommandComplete[" + WireText.printable(tag()) + "]";
    }

    @Override
    public String name() {
        return "CommandComplete";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onCommandComplete(this);
    }
}
