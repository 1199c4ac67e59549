package org.pgreel.replay.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.transcript.NotationException;

/** Whatever text is read is a script that prints and parses the same, or is refused by a sentence. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptFuzzTest {
    private static final String PIECES = "\"#!@|<>{}[]*=:/ \n\\x0aFB.,$é";
    private static final int MUTATIONS = 800;

    static java.util.List<String> samples() {
        return ScriptSamples.NAMES;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleWithErrorsIsReadOrRefused(String name) {
        var random = new Random(name.hashCode());
        String text = ScriptSamples.text(name);
        for (int i = 0; i < MUTATIONS; i++) {
            String mutated = text;
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutated = mutated(mutated, random);
            }
            String printed = printed(mutated);
            if (printed != null) {
                assertThat(printed(printed)).isEqualTo(printed);
            }
        }
    }

    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(4));
        String piece = random.nextBoolean() ? "" : String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
        return text.substring(0, at) + piece + text.substring(end) + (text.length() < 2 ? "F" : "");
    }

    /** Returns the canonical spelling; null if the text is refused. */
    private static String printed(String text) {
        try {
            return Script.parse(text).print();
        } catch (NotationException refused) {
            assertThat(refused.line()).isPositive();
            assertThat(refused.column()).isPositive();
            assertThat(refused.getMessage()).doesNotContain("\n");
            return null;
        }
    }
}
