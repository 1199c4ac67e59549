package org.pgreel.type;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pgreel.protocol.wire.Bytes;

/** The codecs of the built-in types; the first of each is its standard codec. */
final class BuiltInCodecs {
    /** A type and its codecs. */
    record Entry(int typeOid, List<Codec<?>> codecs) {
        static Entry of(int typeOid, Codec<?>... codecs) {
            return new Entry(typeOid, List.of(codecs));
        }
    }

    private static final Codec<Character> CHAR = Codec.of(
            Character.class,
            in -> (char) in.readUnsignedByte(),
            (value, out) -> out.writeByte(singleByte(value)),
            BuiltInCodecs::parseChar,
            BuiltInCodecs::printChar);

    /** The order matters where a class has codecs of several types: parameters are of the first. */
    static final List<Entry> ALL = Stream.of(
                    scalars(),
                    NumberCodecs.entries(),
                    texts(),
                    dateTimes(),
                    OtherCodecs.entries(),
                    GeometricCodecs.entries(),
                    searchTexts())
            .flatMap(List::stream)
            .toList();

    private BuiltInCodecs() {}

    private static List<Entry> scalars() {
        return List.of(
                Entry.of(16, BoolCodec.INSTANCE),
                Entry.of(17, ByteaCodec.INSTANCE, ByteaCodec.INSTANCE.as(Bytes.class, Bytes::wrap, Bytes::toArray)),
                Entry.of(18, CHAR),
                Entry.of(
                        2950,
                        Codec.of(
                                UUID.class,
                                in -> new UUID(in.readInt64(), in.readInt64()),
                                (uuid, out) -> out.writeInt64(uuid.getMostSignificantBits())
                                        .writeInt64(uuid.getLeastSignificantBits()),
                                BuiltInCodecs::parseUuid,
                                UUID::toString)));
    }

    private static List<Entry> texts() {
        IntStream plain = IntStream.of(25, 1042, 1043, 19, 114, 142, 194, 705, 1790, 2275, 2278);
        return Stream.concat(
                        Stream.concat(
                                plain.mapToObj(oid -> Entry.of(oid, TextCodec.PLAIN)),
                                Stream.of(Entry.of(1033, UnknownCodec.TEXT))),
                        IntStream.of(3802, 4072).mapToObj(oid -> Entry.of(oid, TextCodec.VERSION_1)))
                .toList();
    }

    private static List<Entry> searchTexts() {
        return List.of(
                Entry.of(
                        3614,
                        Codec.of(
                                PgTsVector.class,
                                PgTsVector::read,
                                PgTsVector::write,
                                PgTsVector::parse,
                                PgTsVector::toString)),
                Entry.of(3615, TsQueryCodec.INSTANCE));
    }

    private static List<Entry> dateTimes() {
        return List.of(
                Entry.of(1082, DateTimeCodecs.DATE),
                Entry.of(1083, DateTimeCodecs.TIME),
                Entry.of(1266, DateTimeCodecs.TIMETZ),
                Entry.of(1114, DateTimeCodecs.TIMESTAMP),
                Entry.of(
                        1184,
                        DateTimeCodecs.TIMESTAMPTZ,
                        DateTimeCodecs.TIMESTAMPTZ.as(
                                OffsetDateTime.class, DateTimeCodecs::offset, DateTimeCodecs::instant)),
                Entry.of(
                        1186,
                        IntervalCodec.INSTANCE,
                        IntervalCodec.INSTANCE.as(Duration.class, PgInterval::toDuration, PgInterval::of),
                        IntervalCodec.INSTANCE.as(Period.class, PgInterval::toPeriod, PgInterval::of)));
    }

    /** Java's own parser takes groups that are too short. */
    private static UUID parseUuid(String text) {
        if (text.length() != 36) {
            throw new MalformedValueException("not 36 characters");
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("not hexadecimal digits in groups of 8, 4, 4, 4 and 12");
        }
    }

    private static char singleByte(char value) {
        if (value > 0xFF) {
            throw new IllegalArgumentException("a \"char\" is a single byte");
        }
        return value;
    }

    /** A byte above ASCII is a backslash and three octal digits since version 15, and itself before. */
    private static char parseChar(String text) {
        if (text.length() == 4 && text.charAt(0) == '\\') {
            return (char) ByteaCodec.octal(text, 1);
        } else if (text.length() > 1) {
            throw new MalformedValueException("more than one character");
        }
        char c = text.isEmpty() ? 0 : text.charAt(0);
        if (c >= 0x80 && !Character.isLowSurrogate(c)) {
            throw new MalformedValueException("not a single byte");
        }
        // The wire's text has a lone surrogate for a byte that is not UTF-8.
        return (char) (c & 0xFF);
    }

    private static String printChar(char value) {
        return value == 0
                ? ""
                : value < 0x80 ? Character.toString(value) : "\\" + Integer.toOctalString(singleByte(value));
    }
}
