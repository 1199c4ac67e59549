package org.pgreel.replay.script;

import java.time.Duration;
import java.util.Optional;
import org.pgreel.protocol.transcript.LineReader;

/** Durations as the notation spells them: {@code 300ms}, {@code 2s}. */
public final class Durations {
    private static final int DIGITS_MAX = 9;

    private Durations() {}

    /** Returns the duration; empty if the word is none. */
    public static Optional<Duration> of(String word) {
        boolean millis = word.endsWith("ms");
        if (!millis && !word.endsWith("s")) {
            return Optional.empty();
        }
        String digits = word.substring(0, word.length() - (millis ? 2 : 1));
        if (digits.isEmpty() || digits.length() > DIGITS_MAX || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long number = Long.parseLong(digits);
        return Optional.of(millis ? Duration.ofMillis(number) : Duration.ofSeconds(number));
    }

    /** Returns the shortest word for the duration, which has no part below a millisecond. */
    public static String word(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    static Duration parse(LineReader in, int column, String word) {
        return of(word).orElseThrow(
                        () -> in.failure(column, "expected a time, as 300ms or 2s, and not \"" + word + "\""));
    }
}
