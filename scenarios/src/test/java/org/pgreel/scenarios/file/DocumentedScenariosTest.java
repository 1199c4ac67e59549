package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.run.CatalogueRun;
import org.pgreel.scenarios.run.Verdict;

/** The scenarios that stand in the documents are scenarios, and what the documents say of them is so. */
@Timeout(60)
class DocumentedScenariosTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    @Test
    void everyScenarioInTheDocumentsIsValidForReaderAndSchema() throws IOException {
        List<String> files = scenarios();
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (String file : files) {
            assertThat(ScenarioReader.parse(file, "page").name()).isNotEmpty();
            assertThat(ScenarioSchema.complaints(file)).as(file).isEmpty();
        }
    }

    @Test
    void everyScenarioInTheDocumentsPassesAgainstOurClient() throws IOException {
        // The recordings that the pages name are those of the catalogue.
        ClassLoader loader = ScenarioReader.class.getClassLoader();
        List<Scenario> scenarios = scenarios().stream()
                .map(file -> ScenarioReader.parseResource(file, loader, "org/pgreel/catalogue/query/page"))
                .toList();

        CatalogueRun run = CatalogueRun.of(scenarios, List.of("whole", "bytes"), 1, CatalogueRun.Progress.NONE);

        assertThat(run.verdicts())
                .allSatisfy(
                        verdict -> assertThat(verdict).as(verdict.sentence()).isInstanceOf(Verdict.Passed.class));
    }

    @Test
    void theExampleOfToldLinesIsWhatOurClientIsTold() throws IOException {
        String page = Files.readString(DOCS.resolve("notation.md"));
        Matcher script =
                Pattern.compile("(?s)## Told lines\n.*?```script\n(.*?)```").matcher(page);
        assertThat(script.find()).isTrue();
        String file = """
                name: told
                shows: The example of the page.
                origin: ["docs/notation.md"]
                phase: query
                outcome: answered
                script: |
                """ + script.group(1).indent(2);

        CatalogueRun run = CatalogueRun.of(
                List.of(ScenarioReader.parse(file, "page")), List.of("whole"), 1, CatalogueRun.Progress.NONE);

        assertThat(run.passed()).as(run.verdicts().get(0).sentence()).isTrue();
    }

    @Test
    void theFailureInThePageIsWhatAMisspeltMessageGives() throws IOException {
        String page = Files.readString(DOCS.resolve("scenarios.md"));
        String file = scenarios(page).get(0).replaceFirst("DataRow", "DataRw");
        String name = "reset-between-two-rows.pgreel.yaml";

        ScenarioException failure =
                catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.parse(file, name));

        assertThat(page).contains("\n" + failure.getMessage() + "\n");
    }

    /** Every key and word that the schema has stands in the specification. */
    @Test
    void theSpecificationNamesEveryWord() throws IOException {
        String page = Files.readString(DOCS.resolve("notation.md"));
        for (Phase phase : Phase.values()) {
            assertThat(page).contains("`" + phase.word() + "`");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(page).contains("| `" + outcome.word() + "` |");
        }
        for (Certificate certificate : Certificate.values()) {
            assertThat(page).contains("`" + certificate.word() + "`");
        }
        Matcher key = Pattern.compile("(?m)^ {4,10}\"([a-z-]+)\": \\{").matcher(ScenarioReader.schema());
        while (key.find()) {
            if (!List.of("properties", "items", "not", "text", "texts").contains(key.group(1))) {
                assertThat(page).contains("`" + key.group(1) + "`");
            }
        }
    }

    private static List<String> scenarios() throws IOException {
        var files = new ArrayList<String>();
        try (Stream<Path> pages = Stream.concat(Files.list(DOCS), Stream.of(Path.of("..", "README.md")))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                files.addAll(scenarios(Files.readString(page)));
            }
        }
        return files;
    }

    private static List<String> scenarios(String page) {
        var files = new ArrayList<String>();
        Matcher block = YAML.matcher(page);
        while (block.find()) {
            if (block.group(1).contains("script: |")) {
                files.add(block.group(1));
            }
        }
        return files;
    }
}
