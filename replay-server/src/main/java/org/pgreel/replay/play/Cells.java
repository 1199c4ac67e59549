package org.pgreel.replay.play;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** Writes a row's cells, which a script spells as text, in the formats that the client asked for. */
final class Cells {
    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int OID = 26;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final int DATE = 1082;
    private static final int TIME = 1083;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int FIRST_USER_TYPE = 16384;
    /** unknown, text, varchar, bpchar, name, char, json, xml, cstring: written alike in both formats. */
    private static final Set<Integer> ALIKE = Set.of(705, 25, 1043, 1042, 19, 18, 114, 142, 2275);

    private static final int UUID_TYPE = 2950;
    private static final int UUID_LETTERS = 36;
    private static final int JSONB = 3802;
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    private Cells() {}

    /**
     * Returns the row with the cells that were asked for in binary written so; text of types that are sent alike in both
     * formats stays as it is.
     *
     * @param columns null when the script gives none: the row stays as it is
     */
    static DataRow inFormats(DataRow row, @Nullable RowDescription columns, Portal portal) {
        if (columns == null || portal.resultFormats.stream().allMatch(format -> format == 0)) {
            return row;
        }
        List<@Nullable Bytes> cells = new ArrayList<>();
        for (int i = 0; i < row.values().count(); i++) {
            Bytes cell = row.values().value(i);
            boolean binary = i < columns.columns().size()
                    && portal.resultFormat(i) == 1
                    && columns.columns().get(i).format() == 0;
            cells.add(
                    cell == null || !binary
                            ? cell
                            : binary(columns.columns().get(i).typeOid(), cell));
        }
        return new DataRow(Values.of(cells));
    }

    /** A cell that is no text of its type stays as it is: a script may say what no server would. */
    private static Bytes binary(int type, Bytes cell) {
        String text = cell.text();
        try {
            return switch (type) {
                case BOOL -> Bytes.wrap(new byte[] {(byte) (text.startsWith("t") ? 1 : 0)});
                case BYTEA -> text.startsWith("\\x") ? Bytes.ofHex(text.substring(2)) : cell;
                case INT2 -> of(ByteBuffer.allocate(2).putShort(Short.parseShort(text)));
                case INT4 -> of(ByteBuffer.allocate(4).putInt(Integer.parseInt(text)));
                case OID -> of(ByteBuffer.allocate(4).putInt(Integer.parseUnsignedInt(text)));
                case INT8 -> of(ByteBuffer.allocate(8).putLong(Long.parseLong(text)));
                case FLOAT4 -> of(ByteBuffer.allocate(4).putFloat(Float.parseFloat(text)));
                case FLOAT8 -> of(ByteBuffer.allocate(8).putDouble(Double.parseDouble(text)));
                case DATE ->
                    of(ByteBuffer.allocate(4).putInt((int) ChronoUnit.DAYS.between(EPOCH, LocalDate.parse(text))));
                case TIME ->
                    of(ByteBuffer.allocate(8).putLong(LocalTime.parse(text).toNanoOfDay() / 1000));
                case TIMESTAMP -> micros(LocalDateTime.parse(text.replace(' ', 'T')));
                case TIMESTAMPTZ -> micros(utc(text));
                case UUID_TYPE -> text.length() == UUID_LETTERS ? uuid(UUID.fromString(text)) : cell;
                case JSONB -> Bytes.wrap(("\u0001" + text).getBytes(StandardCharsets.UTF_8));
                default -> alike(type, cell);
            };
        } catch (NumberFormatException | DateTimeException notOfTheType) {
            return cell;
        }
    }

    private static Bytes alike(int type, Bytes cell) {
        if (ALIKE.contains(type) || Integer.compareUnsigned(type, FIRST_USER_TYPE) >= 0) {
            return cell;
        }
        throw new IllegalArgumentException(
                "the client asks for a value of the type with OID " + type + " in binary, which a script cannot write");
    }

    private static Bytes micros(LocalDateTime time) {
        return of(ByteBuffer.allocate(8).putLong(ChronoUnit.MICROS.between(EPOCH.atStartOfDay(), time)));
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
        return of(
                ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));
    }

    private static Bytes of(ByteBuffer buffer) {
        return Bytes.copyOf(buffer.array(), buffer.arrayOffset(), buffer.position());
    }

    /** Returns a parameter's value as text for a comparison with the script's. */
    static String parameter(@Nullable Bytes value, int type, int format) {
        if (value == null) {
            return "";
        }
        if (format == 0) {
            return value.text();
        }
        var buffer = ByteBuffer.wrap(value.toArray());
        boolean integer = type == INT2 || type == INT4 || type == INT8 || type == OID;
        return switch (value.length()) {
            case 1 -> type == BOOL ? value.byteAt(0) == 0 ? "f" : "t" : value.text();
            case 2 -> integer ? String.valueOf(buffer.getShort()) : value.text();
            case 4 -> integer ? String.valueOf(buffer.getInt()) : value.text();
            case 8 -> integer ? String.valueOf(buffer.getLong()) : value.text();
            case 16 -> type == UUID_TYPE ? new UUID(buffer.getLong(), buffer.getLong()).toString() : value.text();
            default -> type == BYTEA ? "\\x" + HexFormat.of().formatHex(value.toArray()) : value.text();
        };
    }
}
