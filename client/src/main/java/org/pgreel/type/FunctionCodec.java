package org.pgreel.type;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** A codec made of functions. */
record FunctionCodec<T>(
        Class<T> javaType,
        Formats formats,
        Function<ValueReader, T> read,
        BiConsumer<T, ValueWriter> write,
        Function<String, T> parse,
        Function<T, String> print)
        implements Codec<T> {

    @Override
    public T readBinary(ValueReader in) {
        return read.apply(in);
    }

    @Override
    public void writeBinary(T value, ValueWriter out) {
        write.accept(value, out);
    }

    @Override
    public T parse(String text) {
        return parse.apply(text);
    }

    @Override
    public String print(T value) {
        return print.apply(value);
    }
}
