package org.pgreel.recorder.redaction;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * The rows of a COPY in binary. It does not tell its types: what is valid text without control characters is redacted as
 * text is, and anything else in a column that a rule names is refused.
 */
final class CopyTuples implements CopyStream {

    private static final Bytes SIGNATURE = Bytes.ofHex("5047434f50590aff0d0a00");
    private static final int HEAD = SIGNATURE.length() + 8;

    private final List<String> names;
    private final String sql;
    private final ValueRedactor values;
    private final HeldBytes held = new HeldBytes();
    private boolean begun;
    private boolean ended;

    CopyTuples(@Nullable List<String> names, String sql, ValueRedactor values) {
        this.names = names == null ? List.of() : names;
        this.sql = sql;
        this.values = values;
    }

    @Override
    public byte[] add(Bytes data) {
        held.add(data);
        var out = new ByteArrayOutputStream();
        int at = 0;
        for (int next = step(0, out); next > at; next = step(at, out)) {
            at = next;
        }
        held.drop(at);
        return out.toByteArray();
    }

    /** Takes the head, a row or the end; returns where the next begins, or the same place if it has not come whole. */
    private int step(int at, ByteArrayOutputStream out) {
        int end = ended ? held.length() : begun ? tuple(at) : head();
        if (end < 0 || end > held.length()) {
            return at;
        }
        if (ended || !begun || held.length() - at < 2 || int16(at) < 0) {
            out.writeBytes(held.slice(at, end).toArray());
            ended |= begun;
            begun = true;
        } else {
            redact(at, out);
        }
        return end;
    }

    private int head() {
        if (held.length() < HEAD) {
            return -1;
        }
        if (!held.slice(0, SIGNATURE.length()).equals(SIGNATURE)) {
            broken();
            return held.length();
        }
        long extension = int32(HEAD - 4) & 0xffff_ffffL;
        return HEAD + extension > held.length() ? -1 : (int) (HEAD + extension);
    }

    /** Returns where a row ends, or less than nothing if more has to come. */
    private int tuple(int at) {
        if (held.length() - at < 2) {
            return -1;
        }
        int count = int16(at);
        int next = at + 2;
        for (int i = 0; i < count; i++) {
            if (held.length() - next < 4) {
                return -1;
            }
            int length = int32(next);
            if (length < -1) {
                broken();
                return held.length();
            }
            if (length > held.length() - next - 4) {
                return -1;
            }
            next += 4 + Math.max(0, length);
        }
        return next;
    }

    private void redact(int at, ByteArrayOutputStream out) {
        int count = ended ? 0 : int16(at);
        out.writeBytes(held.slice(at, at + 2).toArray());
        int next = at + 2;
        for (int i = 0; i < count; i++) {
            int length = int32(next);
            out.writeBytes(held.slice(next, next + 4).toArray());
            if (length > 0) {
                Bytes value = held.slice(next + 4, next + 4 + length);
                out.writeBytes(redacted(value, i).toArray());
            }
            next += 4 + Math.max(0, length);
        }
    }

    private Bytes redacted(Bytes value, int index) {
        RedactionRule rule = index < names.size() ? values.copied(sql, names.get(index)) : null;
        return rule == null ? values.searched(value) : values.guessed(rule, value);
    }

    /** What cannot be read passes, if it may, as the end does. */
    private void broken() {
        values.unreadable("the data of a COPY in binary");
        begun = true;
        ended = true;
    }

    private short int16(int at) {
        return (short) ((held.at(at) & 0xff) << 8 | held.at(at + 1) & 0xff);
    }

    private int int32(int at) {
        return (int16(at) & 0xffff) << 16 | int16(at + 2) & 0xffff;
    }

    @Override
    public byte[] end() {
        byte[] rest = held.slice(0, held.length()).toArray();
        if (rest.length > 0) {
            values.unreadable("the last row of a COPY in binary");
        }
        held.drop(held.length());
        return rest;
    }
}
