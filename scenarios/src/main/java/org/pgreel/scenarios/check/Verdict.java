package org.pgreel.scenarios.check;

/**
 * A grade and what it rests on.
 *
 * @param grade the grade
 * @param line the line of the scenario's script that comes closest to where the client departed; 0 for none
 * @param expected what was expected, in words or in the notation
 * @param got what the client did, in words or in the notation
 */
public record Verdict(Grade grade, int line, String expected, String got) {

    /** Returns that nothing can be said, and why. */
    static Verdict notApplicable(String why) {
        return new Verdict(Grade.NOT_APPLICABLE, 0, "", why);
    }
}
