package org.pgreel.protocol.transcript;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/**
 * How a part of a message is spelled as one value, and read: each the other's inverse, side by side.
 *
 * @param <T> the part's Java type
 */
interface ValueType<T> {
    Value write(T part);

    T read(Value value, Place place);

    /** A type of these two functions. */
    static <T> ValueType<T> of(Function<T, Value> write, Reader<T> read) {
        return new ValueType<>() {
            @Override
            public Value write(T part) {
                return write.apply(part);
            }

            @Override
            public T read(Value value, Place place) {
                return read.read(value, place);
            }
        };
    }

    /** Reads a value. */
    interface Reader<T> {
        T read(Value value, Place place);
    }

    /** A type that is spelled as one word. */
    static <T> ValueType<T> word(Function<T, String> write, WordReader<T> read) {
        return of(part -> Value.word(write.apply(part)), (value, place) -> read.read(value.bare(), place));
    }

    /** Reads a word; "" when the value was none. */
    interface WordReader<T> {
        T read(String word, Place place);
    }

    /** A string of the wire. */
    ValueType<String> TEXT = of(Value::of, (value, place) -> value.bytes(place).text());

    /** A string of the wire that needs no quotes when it is a word: severities and SQLSTATEs. */
    ValueType<String> WORD_OR_TEXT = of(
            text -> Spelling.isWord(text) ? Value.word(text) : Value.of(text),
            (value, place) -> value.bare().isEmpty() ? value.bytes(place).text() : value.bare());

    /** Bytes. */
    ValueType<Bytes> BYTES = of(Value::of, Value::bytes);

    /** Bytes, or {@code null}. */
    ValueType<Optional<Bytes>> NULLABLE_BYTES = of(
            bytes -> bytes.map(Value::of).orElse(Value.word("null")),
            (value, place) -> value.bare().equals("null") ? Optional.empty() : Optional.of(value.bytes(place)));

    /** A signed Int32. */
    ValueType<Integer> INT32 = word(
            number -> Integer.toString(number),
            (word, place) -> place.number(word, Integer.MIN_VALUE, Integer.MAX_VALUE));

    /** An unsigned Int32 that names an object. */
    ValueType<Integer> OID = word(Integer::toUnsignedString, (word, place) -> place.number(word, 0, 0xFFFF_FFFFL));

    /** The OID of a type, by its name if it is built in. */
    ValueType<Integer> TYPE = word(TypeNames::nameOf, TypeNames::oidOf);

    /** A version of the protocol: {@code 3.0}; a lone number is a minor version without its major one. */
    ValueType<Integer> VERSION = word(ValueType::versionSpelled, ValueType::versionRead);

    /** A format code: {@code text}, {@code binary}, or a number that nobody uses yet. */
    ValueType<Integer> FORMAT = word(
            code -> code == 0 ? "text" : code == 1 ? "binary" : Integer.toString(code), (word, place) -> switch (word) {
                case "text" -> 0;
                case "binary" -> 1;
                default -> place.number(word, 2, 0xFFFF);
            });

    /** A byte that is a letter, or any other as bytes. */
    ValueType<Byte> BYTE = of(
            b -> Spelling.isWord(String.valueOf((char) (b & 0xFF)))
                    ? Value.word(String.valueOf((char) (b & 0xFF)))
                    : Value.of(Bytes.wrap(new byte[] {b})),
            ValueType::byteRead);

    /** {@code S} or {@code P}. */
    ValueType<Target> TARGET = word(target -> String.valueOf(target.letter()), (word, place) -> {
        for (Target target : Target.values()) {
            if (word.equals(String.valueOf(target.letter()))) {
                return target;
            }
        }
        throw place.failure("expected S (a prepared statement) or P (a portal)");
    });

    /** {@code I}, {@code T} or {@code E}. */
    ValueType<TransactionStatus> STATUS = word(status -> String.valueOf(status.indicator()), (word, place) -> {
        for (TransactionStatus status : TransactionStatus.values()) {
            if (word.equals(String.valueOf(status.indicator()))) {
                return status;
            }
        }
        throw place.failure("expected I (idle), T (in a transaction block) or E (in a failed one)");
    });

    /** What a spread type spells as several fields, in brackets. */
    static <T> ValueType<T> group(SpreadType<T> spread) {
        return of(part -> Value.group(spread.write(part)), (value, place) -> {
            List<Atom> atoms = value.atoms();
            if (atoms.size() == 1 && atoms.get(0) instanceof Atom.Group group) {
                return spread.read(group.fields(), place);
            }
            throw place.failure("expected a list in brackets");
        });
    }

    private static String versionSpelled(int version) {
        int major = version >>> 16;
        return (major == 0 ? "" : major + ".") + (version & 0xFFFF);
    }

    private static int versionRead(String word, Place place) {
        int dot = word.indexOf('.');
        int major = dot < 0 ? 0 : place.number(word.substring(0, dot), 1, 0xFFFF);
        return major << 16 | place.number(word.substring(dot + 1), 0, 0xFFFF);
    }

    private static byte byteRead(Value value, Place place) {
        Bytes bytes = value.bare().isEmpty() ? value.bytes(place) : Bytes.utf8(value.bare());
        if (bytes.length() != 1) {
            throw place.failure("expected one byte: a letter, or x\"…\"");
        }
        return bytes.byteAt(0);
    }
}
