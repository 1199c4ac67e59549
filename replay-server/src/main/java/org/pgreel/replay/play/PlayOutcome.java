package org.pgreel.replay.play;

/** How a connection to a scripted server came out. */
public enum PlayOutcome {
    /** It has not ended, and nothing is wrong with it yet. */
    OPEN("is still open"),
    /** Its block was played to the end. */
    PLAYED("played to the end"),
    /** A fault ended it, as the script wanted. */
    ENDED_BY_FAULT("ended by a fault"),
    /** It ended before its first statement, as an idle connection of a pool may. */
    IDLE("ended idle"),
    /** The server's settings turned it away. */
    REFUSED("refused by the server's settings"),
    /** There was no block for it; a healthy server answered. */
    SURPLUS("met a healthy server"),
    /** It carried a cancel request for which there is no block. */
    CANCEL("carried a cancel request"),
    /** It ended before its block did. */
    CUT_SHORT("ended too early"),
    /** The client did what the script does not say. */
    DEPARTED("departed from the script");

    private final String words;

    PlayOutcome(String words) {
        this.words = words;
    }

    /** Returns the outcome in words that follow "connection 1". */
    public String words() {
        return words;
    }

    /** Tells whether a connection that came out so speaks against the run. */
    public boolean failed() {
        return this == DEPARTED || this == CUT_SHORT;
    }

    /** Tells whether the block was played. */
    public boolean played() {
        return this == PLAYED || this == ENDED_BY_FAULT;
    }
}
