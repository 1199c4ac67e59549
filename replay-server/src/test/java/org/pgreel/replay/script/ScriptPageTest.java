package org.pgreel.replay.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the notation says of scripts what the code does. */
class ScriptPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "notation.md"));
    }

    static List<String> examples() throws IOException {
        return Pattern.compile("```script\n(.*?)```", Pattern.DOTALL)
                .matcher(page())
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsInItsCanonicalSpelling(String example) {
        assertThat(Script.parse(example).print()).isEqualTo(example);
    }

    @Test
    void everyWordIsOnThePage() throws IOException {
        String page = page();

        assertThat(Words.EFFECTS).allMatch(word -> page.contains("`" + word));
        assertThat(Words.BLOCKS).allMatch(word -> page.contains(word));
        assertThat(Words.WILDCARDS).allMatch(word -> page.contains("<" + word) || page.contains("`<" + word));
        assertThat(Words.FRONTEND_EVENTS).allMatch(word -> page.contains("`" + word) || page.contains("F " + word));
    }
}
