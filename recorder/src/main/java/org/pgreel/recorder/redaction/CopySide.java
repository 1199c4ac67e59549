package org.pgreel.recorder.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** The data of the COPYs of one direction of one connection. Confined to one thread. */
final class CopySide {

    private final ValueRedactor values;
    private final boolean in;
    private String sql = "";
    private int number;
    private @Nullable CopyStream stream;

    /**
     * Begins with no COPY.
     *
     * @param in whether the client sends the data
     */
    CopySide(ValueRedactor values, boolean in) {
        this.values = values;
        this.in = in;
    }

    /** Hears what SQL the data that comes now belongs to. */
    void asked(String newSql) {
        sql = newSql;
        number = 0;
    }

    /** Takes data and returns what is redacted by now, as many bytes in all as come. */
    byte[] add(Bytes data) {
        CopyStream now = stream == null ? begun() : stream;
        stream = now;
        return now.add(data);
    }

    /** Returns the rest of the data of a COPY, if there is one, before the message that follows it. */
    byte[] end(@Nullable Message next) {
        CopyStream ended = stream;
        stream = null;
        number += next instanceof CopyDone || next instanceof CopyFail ? 1 : 0;
        return ended == null ? new byte[0] : ended.end();
    }

    private CopyStream begun() {
        List<CopyStatement> copies =
                CopyStatement.of(sql).stream().filter(copy -> copy.in() == in).toList();
        CopyStatement copy = number < copies.size() ? copies.get(number) : null;
        if (copy == null || !copy.legible()) {
            values.copying(sql, false);
            return new Whole(values);
        }
        values.copying(sql, copy.columns() != null || copy.header() && !copy.binary());
        if (!values.reaches(sql)) {
            return new Whole(values);
        }
        return copy.binary() ? new CopyTuples(copy.columns(), sql, values) : new CopyRows(copy, sql, values);
    }

    /** Data of which nothing is known: regular expressions search each message. */
    private record Whole(ValueRedactor values) implements CopyStream {

        @Override
        public byte[] add(Bytes data) {
            String before = data.text();
            String after = values.text(before);
            return before.equals(after) ? data.toArray() : WireText.encode(after);
        }

        @Override
        public byte[] end() {
            return new byte[0];
        }
    }
}
