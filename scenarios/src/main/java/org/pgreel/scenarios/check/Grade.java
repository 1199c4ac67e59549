package org.pgreel.scenarios.check;

import java.util.Locale;

/** What a client's run of a scenario is worth. The order is that of a table: the good, the bad, what was not judged. */
public enum Grade {
    /** It ended in one of the ways that the scenario allows. */
    OK,
    /** It reported success with another output than against a healthy server. */
    WRONG_ANSWER,
    /** It went on where it had to refuse. */
    ACCEPTED,
    /** It failed where an answer was due: what it met is legal, or can be recovered from. */
    GAVE_UP,
    /** A signal killed it, or it died of an error of its own. */
    CRASH,
    /** It did not end by itself. */
    NEVER_ENDED,
    /** A secret stands in its output, or was sent where it must not be. */
    LEAKED,
    /** The command cannot give what the scenario needs, so nothing is known. */
    NOT_APPLICABLE;

    /** Returns the grade in words, as tables and grids have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Tells whether it speaks against the client. */
    public boolean bad() {
        return this != OK && this != NOT_APPLICABLE;
    }
}
