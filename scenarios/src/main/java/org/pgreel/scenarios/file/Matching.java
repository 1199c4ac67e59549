package org.pgreel.scenarios.file;

/** How a recording answers that a scenario plays. */
public enum Matching {
    /** Message by message, as it was recorded. */
    VERBATIM("verbatim"),
    /** Each exchange by its statement, in any order. */
    EXCHANGE("exchange");

    private final String word;

    Matching(String word) {
        this.word = word;
    }

    /** Returns the word in scenario files. */
    public String word() {
        return word;
    }
}
