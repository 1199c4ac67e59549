package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * The fields of an error or notice, in the order in which they came, letters unknown to the manual included.
 *
 * <p>As libpq does, a list without any of severity, SQLSTATE and message is taken (old servers and poolers send such);
 * the accessors of those three then give "". A list without its terminator is malformed. A letter that came twice
 * answers with its first text.
 */
public record ErrorFields(List<Field> entries) {
    /**
     * One field.
     *
     * @param letter one byte, not NUL; the manual's "Error and Notice Message Fields" lists those in use
     */
    public record Field(char letter, String text) {
        /** Refuses NUL and letters of more than a byte. */
        public Field {
            if (letter == 0 || letter > 0xFF) {
                throw new IllegalArgumentException("A field's letter is one byte other than NUL");
            }
            WireText.requireNoNul(text, "field " + letter);
        }
    }

    /** Copies the list. */
    public ErrorFields {
        entries = List.copyOf(entries);
    }

    /** The fields S, V, C and M, as servers from 9.6 on begin. */
    public static ErrorFields of(String severity, String sqlState, String message) {
        return new ErrorFields(List.of(
                new Field('S', severity), new Field('V', severity), new Field('C', sqlState), new Field('M', message)));
    }

    /** Returns the same fields and one more behind them. */
    public ErrorFields with(char letter, String text) {
        List<Field> more = new ArrayList<>(entries);
        more.add(new Field(letter, text));
        return new ErrorFields(more);
    }

    /** Returns the text of the first field with that letter, or null. */
    public @Nullable String get(char letter) {
        for (Field field : entries) {
            if (field.letter() == letter) {
                return field.text();
            }
        }
        return null;
    }

    /** Returns V, else S (which the server may have translated), else "". */
    public String severity() {
        String untranslated = get('V');
        return untranslated != null ? untranslated : orEmpty('S');
    }

    /** Returns C, or "". */
    public String sqlState() {
        return orEmpty('C');
    }

    /** Returns M, or "". */
    public String message() {
        return orEmpty('M');
    }

    private String orEmpty(char letter) {
        String text = get(letter);
        return text != null ? text : "";
    }

    static ErrorFields decode(MessageReader body) {
        List<Field> entries = new ArrayList<>();
        for (byte letter = body.readByte(); letter != 0; letter = body.readByte()) {
            entries.add(new Field((char) (letter & 0xFF), body.readString()));
        }
        return new ErrorFields(entries);
    }

    void encode(MessageWriter out) {
        for (Field field : entries) {
            out.writeByte(field.letter()).writeString(field.text());
        }
        out.writeByte(0);
    }
}
