package org.pgreel.replay.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of the notation's page is read, and printing it gives a script that prints the same. */
class ScriptParserTest {
    static List<String> samples() {
        return ScriptSamples.NAMES;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleThatIsPrintedIsReadAgainAndPrintsTheSame(String name) {
        String text = ScriptSamples.text(name);

        String printed = Script.parse(text).print();

        assertThat(Script.parse(printed).print()).isEqualTo(printed);
        assertThat(words(printed)).isEqualTo(words(text));
    }

    /** The spelling of blanks is canonical, and the first of its kind needs no number; nothing else changes. */
    private static List<String> words(String text) {
        return text.lines()
                .map(line -> line.strip().replaceAll("\\s+", " ").replaceFirst(" #1$", ""))
                .toList();
    }

    @Test
    void anEmptyScriptIsOne() {
        assertThat(Script.parse("").print()).isEmpty();
    }
}
