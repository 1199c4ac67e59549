package org.pgreel.recorder.redaction;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * The rows of a COPY in text or CSV. The values of columns that a rule names are redacted; in what lies between them
 * regular expressions are looked for. The line of names at the top, if there is one, stays.
 */
final class CopyRows implements CopyStream {

    private static final String END_OF_DATA = "\\.";

    private final CopyStatement copy;
    private final String sql;
    private final ValueRedactor values;
    private final HeldBytes held = new HeldBytes();
    private int scanned;
    private boolean within;
    private boolean escaping;
    private boolean header;
    private @Nullable List<String> names;

    CopyRows(CopyStatement copy, String sql, ValueRedactor values) {
        this.copy = copy;
        this.sql = sql;
        this.values = values;
        this.header = copy.header();
        this.names = copy.columns();
    }

    @Override
    public byte[] add(Bytes data) {
        held.add(data);
        var out = new ByteArrayOutputStream();
        int from = 0;
        while (scanned < held.length()) {
            byte b = held.at(scanned++);
            if (ends(b)) {
                row(from, scanned - 1, out);
                out.write(b);
                from = scanned;
            }
        }
        held.drop(from);
        scanned -= from;
        return out.toByteArray();
    }

    @Override
    public byte[] end() {
        var out = new ByteArrayOutputStream();
        row(0, held.length(), out);
        held.drop(held.length());
        scanned = 0;
        return out.toByteArray();
    }

    /** Tells whether a byte ends a row, as the server's CopyReadLineText does. */
    private boolean ends(byte b) {
        if (copy.csv()) {
            if (within && b == copy.escape() && copy.escape() != copy.quote()) {
                escaping = !escaping;
                return false;
            }
            within ^= b == copy.quote() && !escaping;
            escaping = false;
        } else if (escaping || b == '\\') {
            escaping = !escaping;
            return false;
        }
        return !within && (b == '\n' || b == '\r');
    }

    private void row(int from, int to, ByteArrayOutputStream out) {
        if (from < to) {
            out.writeBytes(WireText.encode(redacted(held.slice(from, to).text())));
        }
    }

    private String redacted(String row) {
        if (row.equals(END_OF_DATA)) {
            return row;
        }
        List<CopyField> fields = names == null && !header ? List.of() : CopyField.of(copy, row);
        if (header) {
            header = false;
            if (names == null) {
                names = fields.stream().map(CopyField::value).toList();
            }
            return values.text(row);
        }
        var out = new StringBuilder();
        int done = 0;
        for (int i = 0; i < fields.size(); i++) {
            CopyField field = fields.get(i);
            RedactionRule rule = names != null && i < names.size() ? values.copied(sql, names.get(i)) : null;
            if (rule != null) {
                out.append(values.text(row.substring(done, field.from())));
                out.append(redacted(row, field, rule));
                done = field.to();
            }
        }
        return out.append(values.text(row.substring(done))).toString();
    }

    private String redacted(String row, CopyField field, RedactionRule rule) {
        String before = row.substring(field.from(), field.to());
        String value = field.value();
        if (copy.isMark(before)) {
            return before;
        }
        if (copy.isMark(value) && !value.isEmpty()) {
            return values.unusual(rule, before);
        }
        String now = values.pseudonym(rule, value, copy::isMark);
        String written = field.written(row, now);
        return written == null ? values.unusual(rule, before) : written;
    }
}
