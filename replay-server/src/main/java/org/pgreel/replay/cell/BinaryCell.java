package org.pgreel.replay.cell;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Writes a value, which a script spells as text, in its type's binary form. */
public final class BinaryCell {
    static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final int FIRST_USER_TYPE = 16384;
    /** unknown, text, varchar, bpchar, name, char, json, xml, cstring: written alike in both formats. */
    static final Set<Integer> ALIKE = Set.of(705, 25, 1043, 1042, 19, 18, 114, 142, 2275);

    /** Elements of arrays whose every text has a binary form: bool, integers, oid, text and its kin. */
    private static final Set<Integer> CERTAIN_ELEMENTS = Set.of(16, 20, 21, 23, 25, 26, 1042, 1043);

    private static final int UUID_LETTERS = 36;

    private BinaryCell() {}

    /**
     * Returns the value in binary. A text that is none of its type stays as it is: a script may say what no server would.
     *
     * @throws IllegalArgumentException if the type's binary form is not known
     */
    public static Bytes of(int type, Bytes cell) {
        try {
            int element = BinaryArray.elementOf(type);
            return element > 0 ? BinaryArray.of(element, cell.text()) : scalar(type, cell);
        } catch (NumberFormatException | DateTimeException notOfTheType) {
            return cell;
        }
    }

    /**
     * Returns the value in binary as a server would write it, or null if that is not certain: the binary form of the type
     * is not known, or the text is not spelled as it is by default.
     */
    public static @Nullable Bytes exactly(int type, Bytes cell) {
        int element = BinaryArray.elementOf(type);
        String text = cell.text();
        boolean spelled = switch (type) {
            case BuiltInType.BOOL -> text.equals("t") || text.equals("f");
            case BuiltInType.BYTEA -> text.startsWith("\\x");
            case BuiltInType.UUID -> text.length() == UUID_LETTERS;
            default -> element <= 0 || CERTAIN_ELEMENTS.contains(element);
        };
        if (!spelled || Integer.compareUnsigned(type, FIRST_USER_TYPE) >= 0) {
            return null;
        }
        try {
            return element > 0 ? BinaryArray.of(element, text) : scalar(type, cell);
        } catch (IllegalArgumentException | DateTimeException notOfTheType) {
            return null;
        }
    }

    private static Bytes scalar(int type, Bytes cell) {
        String text = cell.text();
        return switch (type) {
            case BuiltInType.BOOL -> Bytes.wrap(new byte[] {(byte) (text.startsWith("t") ? 1 : 0)});
            case BuiltInType.BYTEA -> text.startsWith("\\x") ? Bytes.ofHex(text.substring(2)) : cell;
            case BuiltInType.INT2 -> written(ByteBuffer.allocate(2).putShort(Short.parseShort(text)));
            case BuiltInType.INT4 -> written(ByteBuffer.allocate(4).putInt(Integer.parseInt(text)));
            case BuiltInType.OID -> written(ByteBuffer.allocate(4).putInt(Integer.parseUnsignedInt(text)));
            case BuiltInType.INT8 -> written(ByteBuffer.allocate(8).putLong(Long.parseLong(text)));
            case BuiltInType.FLOAT4 -> written(ByteBuffer.allocate(4).putFloat(Float.parseFloat(text)));
            case BuiltInType.FLOAT8 -> written(ByteBuffer.allocate(8).putDouble(Double.parseDouble(text)));
            case BuiltInType.NUMERIC -> BinaryNumeric.of(text);
            case BuiltInType.DATE -> written(ByteBuffer.allocate(4).putInt(days(text)));
            case BuiltInType.TIME ->
                written(ByteBuffer.allocate(8).putLong(LocalTime.parse(text).toNanoOfDay() / 1000));
            case BuiltInType.TIMESTAMP -> micros(LocalDateTime.parse(text.replace(' ', 'T')));
            case BuiltInType.TIMESTAMPTZ -> micros(utc(text));
            case BuiltInType.INTERVAL -> BinaryInterval.of(text);
            case BuiltInType.UUID -> text.length() == UUID_LETTERS ? uuid(UUID.fromString(text)) : cell;
            case BuiltInType.JSONB -> Bytes.wrap(("\u0001" + text).getBytes(StandardCharsets.UTF_8));
            default -> alike(type, cell);
        };
    }

    private static Bytes alike(int type, Bytes cell) {
        if (ALIKE.contains(type) || Integer.compareUnsigned(type, FIRST_USER_TYPE) >= 0) {
            return cell;
        }
        throw new IllegalArgumentException(
                "the client asks for a value of the type with OID " + type + " in binary, which a script cannot write");
    }

    private static int days(String text) {
        return (int) ChronoUnit.DAYS.between(EPOCH, LocalDate.parse(text));
    }

    private static Bytes micros(LocalDateTime time) {
        return written(ByteBuffer.allocate(8).putLong(ChronoUnit.MICROS.between(EPOCH.atStartOfDay(), time)));
    }

    /** Reads a timestamp with a zone as servers write it: {@code 2026-11-21 10:00:00+00}. */
    private static LocalDateTime utc(String text) {
        String zoned = text.replace(' ', 'T');
        boolean hoursOnly = zoned.matches(".*[-+][0-9]{2}");
        return OffsetDateTime.parse(hoursOnly ? zoned + ":00" : zoned)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private static Bytes uuid(UUID uuid) {
        return written(
                ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));
    }

    static Bytes written(ByteBuffer buffer) {
        return Bytes.copyOf(buffer.array(), buffer.arrayOffset(), buffer.position());
    }
}
