package org.pgreel.type;

import java.util.function.Function;

/** A codec for another Java class than the one it is made of. */
record MappedCodec<T, U>(Codec<T> inner, Class<U> javaType, Function<T, U> from, Function<U, T> to)
        implements Codec<U> {

    @Override
    public Formats formats() {
        return inner.formats();
    }

    @Override
    public U readBinary(ValueReader in) {
        return from.apply(inner.readBinary(in));
    }

    @Override
    public void writeBinary(U value, ValueWriter out) {
        inner.writeBinary(to.apply(value), out);
    }

    @Override
    public U parse(String text) {
        return from.apply(inner.parse(text));
    }

    @Override
    public String print(U value) {
        return inner.print(to.apply(value));
    }

    @Override
    public U decodeBinary(byte[] buffer, int from, int to) {
        return this.from.apply(inner.decodeBinary(buffer, from, to));
    }

    @Override
    public U decodeText(byte[] buffer, int from, int to) {
        return this.from.apply(inner.decodeText(buffer, from, to));
    }
}
