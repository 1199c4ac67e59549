package org.pgreel.protocol.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

/** The documents say what the code does. */
class DocumentsTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");

    static Stream<String> examples() throws IOException {
        return Pattern.compile("```pgreel\n(.*?)```", Pattern.DOTALL)
                .matcher(read("notation.md"))
                .results()
                .map(result -> result.group(1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsInItsCanonicalSpelling(String example) {
        assertThat(TranscriptParser.parse(example).canonical()).hasToString(example);
    }

    @Test
    void everyMessageIsInTheTables() throws IOException {
        String text = read("notation.md").replace("`…", "`Authentication");
        Set<String> documented = new TreeSet<>();
        Pattern.compile("`([A-Z][A-Za-z0-9]+)`")
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .forEach(documented::add);

        assertThat(documented).containsAll(FrontendForms.ALL.keySet()).containsAll(BackendForms.ALL.keySet());
    }

    @Test
    void theLimitsAreThoseOfTheCode() throws IOException {
        String text = read("limits.md");
        WireLimits limits = WireLimits.DEFAULTS;
        assertRow(text, "(`message`)", limits.message());
        assertRow(text, "(`largest`)", limits.largest());
        assertRow(text, "(`startup`)", limits.startup());
        assertRow(text, "(`password`)", limits.password());
        assertRow(text, "(`shortMessage`)", limits.shortMessage());
        assertRow(text, "(`authentication`)", limits.authentication());
        assertRow(text, "(`startupError`)", limits.startupError());
        assertRow(text, "(`MessageWriter`)", MessageWriter.LARGEST_MESSAGE);
        assertRow(text, "SCRAM iterations", ScramSha256.ITERATIONS_MAX);
    }

    private static void assertRow(String text, String name, int limit) {
        String row =
                text.lines().filter(line -> line.contains(name)).findFirst().orElse("");
        assertThat(row).contains(" " + String.format(Locale.ROOT, "%,d", limit));
    }

    private static String read(String name) throws IOException {
        return Files.readString(DOCUMENTS.resolve(name));
    }
}
