package org.pgreel.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program printed stands in a report, and stays text there. */
class MarkdownPageTest {

    @Test
    void whatAProgramPrintedIsNeitherMarkupNorACommandToATerminal() {
        var row = new ReportRow(
                "login", "no-password", "crash", ReportRow.State.BAD, "printed \u001b[2J|a_b|\nand \u009bm", "", 0);

        String page = MarkdownPage.write(new Report("check", List.of(), List.of(row)));

        assertThat(page)
                .endsWith("| ✗ | no-password | crash | printed \\\\u001b\\[2J\\|a\\_b\\| and \\\\u009bm | 0.00 |\n")
                .doesNotContainPattern("[\\p{Cc}&&[^\n]]");
    }
}
