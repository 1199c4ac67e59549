package org.pgreel.type;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.pgreel.protocol.wire.WireText;

/**
 * Translates between the values of a PostgreSQL type and those of a Java class; NULL never reaches it.
 *
 * <p>Decoders answer whatever bytes or text come with a value or with {@link MalformedValueException}, in time and memory
 * bounded by the length of what came. Encoders refuse a value that the type cannot hold with
 * {@link IllegalArgumentException}. A codec says by {@link #formats} which formats it has and is not asked for another.
 * Immutable, so safe for use by several threads.
 *
 * @param <T> the Java class
 */
public interface Codec<T> {

    /** Returns the class of the values. */
    Class<T> javaType();

    /** Returns the formats that it has. */
    default Formats formats() {
        return Formats.BOTH;
    }

    /**
     * Reads a value in binary format. The reader holds that value and nothing else; whatever is left over is refused by
     * the caller.
     *
     * @throws MalformedValueException if the bytes are no value of the type
     */
    T readBinary(ValueReader in);

    /**
     * Writes a value in binary format.
     *
     * @throws IllegalArgumentException if the type cannot hold it
     */
    void writeBinary(T value, ValueWriter out);

    /**
     * Reads a value in text format, as the type's output function writes it.
     *
     * @throws MalformedValueException if the text is no value of the type
     */
    T parse(String text);

    /**
     * Returns a value in text format, as the type's input function reads it.
     *
     * @throws IllegalArgumentException if the type cannot hold it
     */
    String print(T value);

    /** Reads a whole value in binary format; a codec of a hot type answers without a reader. */
    default T decodeBinary(byte[] buffer, int from, int to) {
        var in = new ValueReader(buffer, from, to);
        T value = readBinary(in);
        in.requireExhausted();
        return value;
    }

    /** Reads a whole value in text format; a codec of a hot type answers without a String. */
    default T decodeText(byte[] buffer, int from, int to) {
        return parse(WireText.decode(buffer, from, to));
    }

    /**
     * Returns a codec of the same type for another Java class.
     *
     * @param type that class
     * @param from makes one of a value of this codec
     * @param to makes a value of this codec of one
     */
    default <U> Codec<U> as(Class<U> type, Function<T, U> from, Function<U, T> to) {
        return new MappedCodec<>(this, type, from, to);
    }

    /** Returns a codec made of four functions, in both formats. */
    static <T> Codec<T> of(
            Class<T> type,
            Function<ValueReader, T> read,
            BiConsumer<T, ValueWriter> write,
            Function<String, T> parse,
            Function<T, String> print) {
        return new FunctionCodec<>(type, Formats.BOTH, read, write, parse, print);
    }

    /** Returns a codec of a type that is used in text format only. */
    static <T> Codec<T> ofText(Class<T> type, Function<String, T> parse, Function<T, String> print) {
        return new FunctionCodec<>(
                type,
                Formats.TEXT,
                in -> {
                    throw in.malformed("the binary format is not known: ask for text");
                },
                (value, out) -> {
                    throw new IllegalArgumentException("the binary format is not known");
                },
                parse,
                print);
    }
}
