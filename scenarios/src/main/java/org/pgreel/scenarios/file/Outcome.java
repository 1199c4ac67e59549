package org.pgreel.scenarios.file;

/** How a scenario may end, in terms that hold for any program that talks to PostgreSQL. */
public enum Outcome {
    /** It ends as against a healthy server, with the same output. */
    ANSWERED("answered"),
    /** It ends by itself and says that something failed. */
    CLEAN_ERROR("clean-error"),
    /** As {@link #CLEAN_ERROR}, and behind the fault it sends nothing but Terminate. */
    REFUSED("refused"),
    /** A later answer is right, on this connection or a new one. */
    RECOVERED("recovered"),
    /** It ends by its own timer. */
    TIMES_OUT("times-out");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** Returns the word in scenario files. */
    public String word() {
        return word;
    }
}
