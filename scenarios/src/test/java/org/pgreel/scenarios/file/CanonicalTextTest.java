package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.scenarios.catalogue.Catalogue;

/** Spelling a file canonically loses nothing: seen on every file of the catalogue. */
class CanonicalTextTest {
    @Test
    void whatIsCanonicalStaysSo() {
        for (Scenario scenario : Catalogue.load().scenarios()) {
            String once = canonical(scenario);

            assertThat(CanonicalText.ofScenario(once, scenario.name())).isEqualTo(once);
        }
    }

    @Test
    void theEnvelopeAndEveryCommentStay() {
        for (Scenario scenario : Catalogue.load().scenarios()) {
            Scenario written = ScenarioReader.parse(canonical(scenario), scenario.name());

            assertThat(comments(written.script().lines()))
                    .as(scenario.name())
                    .isEqualTo(comments(scenario.script().lines()));
            assertThat(head(written)).isEqualTo(head(scenario));
            assertThat(ScenarioJson.envelope(written))
                    .usingRecursiveComparison()
                    .ignoringFields("file")
                    .isEqualTo(ScenarioJson.envelope(scenario));
        }
    }

    @Test
    void theScriptSaysTheSame() {
        for (Scenario scenario : Catalogue.load().scenarios()) {
            Scenario written = ScenarioReader.parse(canonical(scenario), scenario.name());

            assertThat(written.script().canonical().print())
                    .isEqualTo(scenario.script().canonical().print());
            assertThat(written.expanded().canonical().print())
                    .isEqualTo(scenario.expanded().canonical().print());
        }
    }

    private static String canonical(Scenario scenario) {
        return CanonicalText.ofScenario(
                scenario.source().text(), scenario.source().file());
    }

    private static List<String> head(Scenario scenario) {
        return scenario.source()
                .text()
                .lines()
                .limit(scenario.source().scriptLine() - 1L)
                .toList();
    }

    private static List<String> comments(List<ScriptLine> lines) {
        var comments = new ArrayList<String>();
        for (ScriptLine line : lines) {
            if (line.comment() != null) {
                comments.add(line.comment());
            }
            if (line.step() != null) {
                Bodies.of(line.step()).forEach(body -> comments.addAll(comments(body)));
            }
        }
        return comments;
    }
}
