package org.pgreel.scenarios.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {

    private static CheckCase graded(String name, Grade... grades) {
        return new CheckCase(
                name, "query", grades[grades.length - 1], List.of(grades), List.of("answered"), 0, "", "it", 0.1, "");
    }

    private static CheckReport report(CheckCase... cases) {
        return new CheckReport("psql", 1, List.of(), List.of(cases), 1);
    }

    @Test
    void aGridIsReadAsItIsPrinted() {
        Grid grid = Grid.of(report(graded("b-second", Grade.NEVER_ENDED), graded("a-first", Grade.OK)));

        String printed = grid.print("psql -c {sql}");

        assertThat(printed).isEqualTo("# psql -c {sql}\na-first ok\nb-second never ended\n");
        assertThat(Grid.parse(printed)).isEqualTo(grid);
    }

    @Test
    void eachDifferenceIsNamed() {
        Grid grid = Grid.parse("same ok\nworse ok\ngone crash\n");
        CheckReport report = report(
                graded("same", Grade.OK),
                graded("worse", Grade.CRASH),
                graded("new", Grade.LEAKED),
                graded("shaky", Grade.OK, Grade.CRASH));

        assertThat(grid.differences(report, true))
                .containsExactly(
                        "gone: crash → not checked",
                        "new: not in the grid → leaked",
                        "shaky: not in the grid → crash",
                        "worse: ok → crash",
                        "shaky: it");
        assertThat(grid.differences(report(graded("same", Grade.OK)), false)).isEmpty();
    }

    @Test
    void whatIsNoGridIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Grid.parse("# psql\na-first good\n"))
                .hasMessage("line 2 is not a scenario's name and a grade: a-first good");
        assertThatThrownBy(() -> Grid.parse("a ok\na ok\n")).hasMessage("line 2 names a once more");
    }
}
