package org.pgreel.recorder.redaction;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/**
 * The pseudonyms of values: a keyed permutation within the values of the same form and length, so that no two values get
 * the same, and numbers stay numbers, dates dates, UUIDs UUIDs. A value has one pseudonym, whether it comes as text or in
 * binary, in a column or as a parameter. Confined to one thread.
 */
final class Pseudonyms {

    private static final Pattern WHOLE = Pattern.compile("(-?)(0*)(\\d+)");
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("\\\\x(?:[0-9a-f]{2})+");
    private static final Pattern DATE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)([ T])(\\d\\d):(\\d\\d):(\\d\\d)((?:\\.\\d+)?)(?:([+-])(\\d\\d)(?::(\\d\\d))?)?");

    /** Numbers up to each of these stay below it, so that they fit the type that they came from. */
    private static final BigInteger[] BOUNDS = {
        BigInteger.valueOf(Short.MAX_VALUE),
        BigInteger.valueOf(Integer.MAX_VALUE),
        BigInteger.valueOf(0xffff_ffffL),
        BigInteger.valueOf(Long.MAX_VALUE)
    };

    private static final long FIRST_DAY = LocalDate.of(1000, 1, 2).toEpochDay();
    private static final long DAYS = LocalDate.of(9999, 12, 30).toEpochDay() - FIRST_DAY + 1;
    private static final long POSTGRES_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long DAY_MICROS = 86_400_000_000L;

    /** Text is permuted again until it is of no other form; one time in 16 at worst. */
    private static final int WALKS_MAX = 10_000;

    private final KeyedPermutation permutation;

    Pseudonyms(RedactionKey key) {
        permutation = new KeyedPermutation(key);
    }

    /** Returns the pseudonym of a value in text. */
    String text(String value) {
        if (value.isEmpty()) {
            return value;
        }
        String special = special(value);
        if (special != null) {
            return special;
        }
        var shape = new TextShape(value);
        require(shape.count(), "texts of this length and kinds of characters");
        String result = value;
        for (int i = 0; i < WALKS_MAX; i++) {
            result = new TextShape(result).permuted(permutation);
            if (!isSpecial(result)) {
                return result;
            }
        }
        throw new TooFewValuesException("nearly all texts of this shape are dates or UUIDs");
    }

    private static void require(BigInteger count, String what) {
        if (count.compareTo(TextShape.VALUES_MIN) < 0) {
            throw new TooFewValuesException("there are only " + count + " " + what);
        }
    }

    private static boolean isSpecial(String value) {
        return WHOLE.matcher(value).matches()
                || FRACTION.matcher(value).matches()
                || UUID.matcher(value).matches()
                || HEX.matcher(value).matches()
                || (DATE.matcher(value).matches() && day(value) != null)
                || isTime(value);
    }

    private static boolean isTime(String value) {
        Matcher time = TIME.matcher(value);
        return time.matches() && day(time.group(1)) != null;
    }

    private @Nullable String special(String value) {
        Matcher whole = WHOLE.matcher(value);
        if (whole.matches()) {
            return whole.group(1)
                    + whole.group(2)
                    + magnitude(whole.group(3), !whole.group(1).isEmpty());
        }
        if (FRACTION.matcher(value).matches()) {
            boolean severalDigits = value.indexOf('.') > (value.charAt(0) == '-' ? 2 : 1);
            var shape = new TextShape(value);
            shape = severalDigits ? shape.withoutLeadingZero() : shape;
            require(shape.count(), "numbers of as many digits");
            return shape.permuted(permutation);
        }
        if (UUID.matcher(value).matches()) {
            return uuid(value);
        }
        if (HEX.matcher(value).matches()) {
            require(BigInteger.ONE.shiftLeft(4 * (value.length() - 2)), "byte strings as short as this");
            return "\\x" + TextShape.hexadecimal(value.substring(2), permutation);
        }
        if (DATE.matcher(value).matches() && day(value) != null) {
            return date(value);
        }
        return isTime(value) ? time(value) : null;
    }

    /** Numbers of as many digits change places, but for zero, and those that fit a type among themselves. */
    private String magnitude(String digits, boolean negative) {
        var number = new BigInteger(digits);
        BigInteger low = digits.length() == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits.length() - 1);
        BigInteger high = BigInteger.TEN.pow(digits.length()).subtract(BigInteger.ONE);
        for (BigInteger positive : BOUNDS) {
            BigInteger bound = negative ? positive.add(BigInteger.ONE) : positive;
            if (number.compareTo(bound) <= 0) {
                high = high.min(bound);
                break;
            }
            low = low.max(bound.add(BigInteger.ONE));
        }
        BigInteger count = high.subtract(low).add(BigInteger.ONE);
        require(count, "numbers of " + digits.length() + " digits in its range");
        String tweak = "number " + low;
        return permutation.permuted(number.subtract(low), count, tweak).add(low).toString();
    }

    /** Version and variant stay. */
    private String uuid(String value) {
        String digits = value.replace("-", "");
        String free = digits.substring(0, 12) + digits.substring(13, 16) + digits.substring(17);
        String tweak = "uuid " + digits.charAt(12) + digits.charAt(16);
        BigInteger bound = BigInteger.ONE.shiftLeft(4 * free.length());
        String hex =
                permutation.permuted(new BigInteger(free, 16), bound, tweak).toString(16);
        String all = "0".repeat(free.length() - hex.length()) + hex;
        String result = all.substring(0, 12)
                + digits.charAt(12)
                + all.substring(12, 15)
                + digits.charAt(16)
                + all.substring(15);
        return result.substring(0, 8)
                + '-'
                + result.substring(8, 12)
                + '-'
                + result.substring(12, 16)
                + '-'
                + result.substring(16, 20)
                + '-'
                + result.substring(20);
    }

    private static @Nullable Long day(String date) {
        try {
            long day = LocalDate.parse(date).toEpochDay();
            return day < FIRST_DAY || day >= FIRST_DAY + DAYS ? null : day;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private long day(long day) {
        BigInteger number = BigInteger.valueOf(day - FIRST_DAY);
        return permutation.permuted(number, BigInteger.valueOf(DAYS), "day").longValueExact() + FIRST_DAY;
    }

    private String date(String value) {
        return LocalDate.ofEpochDay(day(LocalDate.parse(value).toEpochDay())).toString();
    }

    /** The day changes, by the time of Greenwich where the zone is told; the time of day stays. */
    private String time(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException("no time");
        }
        long local = LocalDate.parse(time.group(1)).toEpochDay();
        long seconds = Long.parseLong(time.group(3)) * 3600 + Long.parseLong(time.group(4)) * 60;
        long offset = 0;
        if (time.group(7) != null) {
            long minutes = time.group(9) == null ? 0 : Long.parseLong(time.group(9));
            offset = (Long.parseLong(time.group(8)) * 3600 + minutes * 60)
                    * (time.group(7).equals("-") ? -1 : 1);
        }
        long day = local + Math.floorDiv(seconds - offset, 86_400L);
        if (day < FIRST_DAY || day >= FIRST_DAY + DAYS) {
            throw new TooFewValuesException("it lies at the end of the calendar");
        }
        return LocalDate.ofEpochDay(local + day(day) - day) + value.substring(10);
    }

    /**
     * Returns the pseudonym of a value in binary.
     *
     * @param type its type's OID
     * @throws TooFewValuesException if values of this type cannot be permuted in binary
     */
    Bytes binary(Bytes value, int type) {
        byte[] bytes = value.toArray();
        switch (type) {
            case 20, 21, 23, 26 -> {
                BigInteger number = type == 26 ? new BigInteger(1, bytes) : new BigInteger(bytes);
                return Bytes.wrap(fixed(new BigInteger(text(number.toString())), bytes.length));
            }
            case 19, 25, 705, 1042, 1043 -> {
                return Bytes.wrap(WireText.encode(text(value.text())));
            }
            case 17 -> {
                return value.isEmpty()
                        ? value
                        : Bytes.ofHex(text("\\x" + value.hex()).substring(2));
            }
            case 2950 -> {
                String hex = HexFormat.of().formatHex(bytes);
                if (hex.length() != 32) {
                    throw new TooFewValuesException("it is no UUID");
                }
                String uuid = hex.substring(0, 8)
                        + '-'
                        + hex.substring(8, 12)
                        + '-'
                        + hex.substring(12, 16)
                        + '-'
                        + hex.substring(16, 20)
                        + '-'
                        + hex.substring(20);
                return Bytes.ofHex(text(uuid).replace("-", ""));
            }
            case 1082 -> {
                long day = ByteBuffer.wrap(bytes).getInt() + POSTGRES_DAY;
                requireDay(day);
                return Bytes.wrap(ByteBuffer.allocate(4)
                        .putInt((int) (day(day) - POSTGRES_DAY))
                        .array());
            }
            case 1114, 1184 -> {
                long micros = ByteBuffer.wrap(bytes).getLong();
                long day = Math.floorDiv(micros, DAY_MICROS) + POSTGRES_DAY;
                requireDay(day);
                return Bytes.wrap(ByteBuffer.allocate(8)
                        .putLong(micros + (day(day) - day) * DAY_MICROS)
                        .array());
            }
            default ->
                throw new TooFewValuesException(
                        "values of type " + Integer.toUnsignedString(type) + " cannot be permuted in binary");
        }
    }

    private static void requireDay(long day) {
        if (day < FIRST_DAY || day >= FIRST_DAY + DAYS) {
            throw new TooFewValuesException("it lies outside of the years 1000 to 9999");
        }
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] all = number.toByteArray();
        byte[] bytes = new byte[length];
        if (number.signum() < 0) {
            Arrays.fill(bytes, (byte) 0xff);
        }
        int count = Math.min(length, all.length);
        System.arraycopy(all, all.length - count, bytes, length - count, count);
        return bytes;
    }
}
