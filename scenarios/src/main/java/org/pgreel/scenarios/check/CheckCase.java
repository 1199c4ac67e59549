package org.pgreel.scenarios.check;

import java.util.List;

/**
 * What the runs of one scenario came to.
 *
 * @param name the scenario
 * @param phase its phase
 * @param grade the grade of the first run that has another than the first; of all runs when they agree
 * @param grades the grade of each run, in order
 * @param allowed the outcomes that the scenario allows
 * @param line the line of its script that comes closest to where the client departed; 0 for none
 * @param expected what was expected
 * @param got what the client did
 * @param seconds how long the longest run took
 * @param detail the transcript of a run that went wrong; "" otherwise
 */
public record CheckCase(
        String name,
        String phase,
        Grade grade,
        List<Grade> grades,
        List<String> allowed,
        int line,
        String expected,
        String got,
        double seconds,
        String detail) {
    /** Copies the lists. */
    public CheckCase {
        grades = List.copyOf(grades);
        allowed = List.copyOf(allowed);
    }

    /** Tells whether its runs came to different grades. */
    public boolean unstable() {
        return grades.stream().distinct().count() > 1;
    }

    /** Tells whether it speaks against the client. */
    public boolean bad() {
        return grade.bad() || unstable();
    }
}
