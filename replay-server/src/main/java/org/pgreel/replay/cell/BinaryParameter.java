package org.pgreel.replay.cell;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** Reads a parameter that a client sent in binary as the text that a script compares it with. */
public final class BinaryParameter {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private BinaryParameter() {}

    /**
     * Returns the parameter's value as text.
     *
     * @param value null for NULL, which is compared as an empty text
     * @param type its OID, 0 when the client did not say it
     * @param format 0 for text
     */
    public static String text(@Nullable Bytes value, int type, int format) {
        if (value == null) {
            return "";
        }
        if (format == 0) {
            return value.text();
        }
        try {
            return decoded(value, type);
        } catch (DateTimeException outOfRange) {
            return value.text();
        }
    }

    private static String decoded(Bytes value, int type) {
        var buffer = ByteBuffer.wrap(value.toArray());
        return switch (type) {
            case BuiltInType.BOOL -> ofLength(value, 1, () -> buffer.get() == 0 ? "f" : "t");
            case BuiltInType.INT2 -> ofLength(value, 2, () -> String.valueOf(buffer.getShort()));
            case BuiltInType.INT4 -> ofLength(value, 4, () -> String.valueOf(buffer.getInt()));
            case BuiltInType.OID -> ofLength(value, 4, () -> Integer.toUnsignedString(buffer.getInt()));
            case BuiltInType.INT8 -> ofLength(value, 8, () -> String.valueOf(buffer.getLong()));
            case BuiltInType.FLOAT4 -> ofLength(value, 4, () -> shortest(String.valueOf(buffer.getFloat())));
            case BuiltInType.FLOAT8 -> ofLength(value, 8, () -> shortest(String.valueOf(buffer.getDouble())));
            case BuiltInType.DATE ->
                ofLength(
                        value,
                        4,
                        () -> BinaryCell.EPOCH.plusDays(buffer.getInt()).toString());
            case BuiltInType.TIME ->
                ofLength(
                        value,
                        8,
                        () -> LocalTime.ofNanoOfDay(buffer.getLong() * 1000).format(DateTimeFormatter.ISO_LOCAL_TIME));
            case BuiltInType.TIMESTAMP -> ofLength(value, 8, () -> timestamp(buffer.getLong()));
            case BuiltInType.TIMESTAMPTZ -> ofLength(value, 8, () -> timestamp(buffer.getLong()) + "+00");
            case BuiltInType.UUID -> ofLength(value, 16, () -> new UUID(buffer.getLong(), buffer.getLong()).toString());
            case BuiltInType.NUMERIC -> Objects.requireNonNullElse(BinaryNumeric.text(value), value.text());
            case BuiltInType.BYTEA -> "\\x" + HexFormat.of().formatHex(value.toArray());
            case BuiltInType.JSONB ->
                value.length() > 0 ? value.slice(1, value.length()).text() : "";
            default -> value.text();
        };
    }

    private static String ofLength(Bytes value, int length, Supplier<String> text) {
        return value.length() == length ? text.get() : value.text();
    }

    /** PostgreSQL writes 1 where Java writes 1.0. */
    private static String shortest(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static String timestamp(long micros) {
        return BinaryCell.EPOCH.atStartOfDay().plus(micros, ChronoUnit.MICROS).format(TIMESTAMP);
    }
}
