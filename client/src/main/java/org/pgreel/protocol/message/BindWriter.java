package org.pgreel.protocol.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * Writes a {@link Bind} of the unnamed portal straight from the values, for a sender that has no use for the message itself;
 * the bytes are those that the message would be encoded to.
 *
 * <p>Called in this order: {@link #begin}, {@link #format} for each parameter unless all are text, {@link #values}, {@link
 * #value} for each, {@link #end}. Holds nothing.
 */
public final class BindWriter {

    private static final String UNNAMED = "";

    private BindWriter() {}

    /**
     * Begins the message.
     *
     * @param statement the prepared statement's name
     * @param formats how many formats of parameters follow: none if all are text
     */
    public static void begin(MessageWriter out, String statement, int formats) {
        WireText.requireNoNul(statement, "prepared statement's name");
        Counts.requireInt16(formats, "number of parameter formats");
        out.begin(Bind.TYPE).writeString(UNNAMED).writeString(statement).writeInt16(formats);
    }

    /** Writes the format of the next parameter; see {@link FormatCode}. */
    public static void format(MessageWriter out, int code) {
        out.writeInt16(code);
    }

    /** Writes how many values follow. */
    public static void values(MessageWriter out, int count) {
        Counts.requireInt16(count, "number of values");
        out.writeInt16(count);
    }

    /** Writes the next value, null for NULL. */
    public static void value(MessageWriter out, @Nullable Bytes value) {
        Values.writeOne(value, out);
    }

    /** Writes the formats of the results, and so ends the message; see {@link Bind#resultFormats}. */
    public static void end(MessageWriter out, List<Integer> resultFormats) {
        Counts.writeInt16s(resultFormats, out);
        out.end();
    }
}
