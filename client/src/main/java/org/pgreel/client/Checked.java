package org.pgreel.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks values where they are given, with the name of the option in the message. */
final class Checked {

    private Checked() {}

    static void refuseNul(String what, CharSequence text) {
        if (text.chars().anyMatch(c -> c == 0)) {
            // On the wire a NUL ends the value, and what follows would be read as parameters of its own.
            throw new IllegalArgumentException(what + " holds a NUL");
        }
    }

    /** Finds the value that bears the word. */
    static <E extends Enum<E>> E word(String name, String word, E[] values, Function<E, String> wordOf) {
        for (E value : values) {
            if (wordOf.apply(value).equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + " " + word + " is unknown; use "
                + Arrays.stream(values).map(wordOf).collect(Collectors.joining(", ")));
    }

    static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    static Duration positive(String name, Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(name + " is " + limit + "; it must be at least 1 ms");
        }
        return limit;
    }
}
