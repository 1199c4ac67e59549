package org.pgreel.scenarios.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.replay.script.Script;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioException;

class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    @Test
    void allFilesLoadAndTheirNamesAreUnique() {
        assertThat(CATALOGUE.scenarios()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(CATALOGUE.scenarios()).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void eachFileBeginsWithTheLineThatEditorsFindTheSchemaBy() {
        for (Scenario scenario : CATALOGUE.scenarios()) {
            assertThat(scenario.source().text())
                    .as(scenario.name())
                    .startsWith("# yaml-language-server: $schema=https://pgreel.org/schema/scenario.json\n");
        }
    }

    @Test
    void eachShowsOneSentenceAndEndsItWithAFullStop() {
        for (Scenario scenario : CATALOGUE.scenarios()) {
            assertThat(scenario.shows()).as(scenario.name()).endsWith(".");
        }
    }

    @Test
    void printingAndParsingAScriptIsTheIdentity() {
        for (Scenario scenario : CATALOGUE.scenarios()) {
            String printed = scenario.script().print();

            assertThat(Script.parse(printed).print()).as(scenario.name()).isEqualTo(printed);
        }
    }

    @Test
    void anExpandedScriptIsAScript() {
        for (Scenario scenario : CATALOGUE.scenarios()) {
            String printed = scenario.expanded().print();

            assertThat(Script.parse(printed).print()).as(scenario.name()).isEqualTo(printed);
        }
    }

    @Test
    void aNameThatIsNotThereIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> CATALOGUE.named("ssl-jnk-byte"))
                .isInstanceOf(NoSuchScenarioException.class)
                .hasMessage("\"ssl-jnk-byte\" is no scenario of the catalogue; did you mean ssl-junk-byte?");
    }

    @Test
    void twoOfOneNameAreRefused() {
        Scenario one = CATALOGUE.named("ssl-junk-byte");

        assertThatThrownBy(() -> Catalogue.of(List.of(one, one)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("the name \"ssl-junk-byte\" is taken by");
    }
}
