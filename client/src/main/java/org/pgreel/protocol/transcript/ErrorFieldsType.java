package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.wire.Bytes;

/**
 * The fields of errors and notices: {@code ERROR 42601 "message" D="detail"}.
 *
 * <p>The three that stand without a name are S and V (equal), C and M, in that order, as servers begin; any other
 * beginning is written with letters alone.
 */
final class ErrorFieldsType implements SpreadType<ErrorFields> {
    private static final String USUAL = "SVCM";

    @Override
    public List<Field> write(ErrorFields errorFields) {
        List<ErrorFields.Field> entries = errorFields.entries();
        List<Field> fields = new ArrayList<>();
        int named = 0;
        if (beginsAsUsual(entries)) {
            fields.add(Field.of(ValueType.WORD_OR_TEXT.write(entries.get(0).text())));
            fields.add(Field.of(ValueType.WORD_OR_TEXT.write(entries.get(2).text())));
            fields.add(Field.of(Value.of(entries.get(3).text())));
            named = USUAL.length();
        }
        for (ErrorFields.Field entry : entries.subList(named, entries.size())) {
            byte[] letter = {(byte) entry.letter()};
            fields.add(Field.of(Bytes.wrap(letter).text(), Value.of(entry.text())));
        }
        return fields;
    }

    private static boolean beginsAsUsual(List<ErrorFields.Field> entries) {
        if (entries.size() < USUAL.length()) {
            return false;
        }
        for (int i = 0; i < USUAL.length(); i++) {
            if (entries.get(i).letter() != USUAL.charAt(i)) {
                return false;
            }
        }
        return entries.get(0).text().equals(entries.get(1).text());
    }

    @Override
    public ErrorFields read(List<Field> fields, Place place) {
        List<ErrorFields.Field> entries = new ArrayList<>();
        int named = 0;
        if (!fields.isEmpty() && fields.get(0) instanceof Field.Plain) {
            if (fields.size() < 3) {
                throw place.failure("expected severity, SQLSTATE and message");
            }
            String severity = word(fields.get(0), place);
            entries.addAll(ErrorFields.of(severity, word(fields.get(1), place), text(fields.get(2), place))
                    .entries());
            named = 3;
        }
        for (Field field : fields.subList(named, fields.size())) {
            Field.Named entry = SpreadType.named(field, place);
            Bytes letter = Bytes.utf8(entry.name());
            if (letter.length() != 1) {
                throw place.of(field).failure("expected a letter and not \"" + entry.name() + "\"");
            }
            String text = ValueType.TEXT.read(entry.value(), place.of(field));
            entries.add(new ErrorFields.Field((char) (letter.byteAt(0) & 0xFF), text));
        }
        return new ErrorFields(entries);
    }

    private static String word(Field field, Place place) {
        return ValueType.WORD_OR_TEXT.read(SpreadType.plain(field, place), place.of(field));
    }

    private static String text(Field field, Place place) {
        return ValueType.TEXT.read(SpreadType.plain(field, place), place.of(field));
    }
}
