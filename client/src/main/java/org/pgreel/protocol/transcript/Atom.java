package org.pgreel.protocol.transcript;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/** The smallest part of a {@link Value}. */
public sealed interface Atom {
    /** Bytes: a string in quotes, or hexadecimal digits; which of the two is a matter of spelling only. */
    record Literal(Bytes bytes) implements Atom {}

    /** A word, number, duration or {@code null}: what it means depends on the field it stands in. */
    record Bare(String spelling) implements Atom {}

    /**
     * The content of a file.
     *
     * @param path as the text spells it
     * @param content null when the text was read without its files, which is enough to print it
     */
    record File(String path, @Nullable Bytes content) implements Atom {}

    /** Fields in brackets. */
    record Group(List<Field> fields) implements Atom {
        /** Copies the list. */
        public Group {
            fields = List.copyOf(fields);
        }
    }

    /** {@code *}: anything. */
    record Any() implements Atom {}

    /**
     * Something of a type that is not known beforehand, such as {@code <key:k>}. {@code <secret:N>} stands for N bytes
     * that are not shown.
     */
    record Wildcard(String type, @Nullable String label, List<Field> fields) implements Atom {
        /** Copies the list. */
        public Wildcard {
            fields = List.copyOf(fields);
        }
    }

    /** An atom so many times, such as {@code x"00"*20}. */
    record Repeat(Atom atom, int times) implements Atom {}
}
