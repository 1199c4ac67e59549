package org.pgreel.replay.report;

/** How one connection to the replay server came out. */
public enum ConnectionOutcome {
    /** It sent all that was recorded, received all that was recorded, and ended. */
    PLAYED_TO_END("played to the end", true),
    /** It ended before it had sent, or had been sent, all that was recorded; or it broke where the recorded one did not. */
    LEFT_OVER("ended early", false),
    /** It sent something else than what was recorded. */
    DEPARTED("departed", false),
    /** There was no recorded connection for it; it was greeted and asked nothing. */
    SURPLUS("surplus", false),
    /** It was turned away at login. */
    REFUSED("refused", true),
    /** It ended before it had logged in. */
    NO_LOGIN("no login", true),
    /** All that it asked was answered from recorded exchanges. */
    ANSWERED("answered", true),
    /** It asked something that no recorded exchange answers. */
    MISSED("missed", false),
    /** It is still connected. */
    OPEN("still connected", false);

    private final String words;
    private final boolean good;

    ConnectionOutcome(String words, boolean good) {
        this.words = words;
        this.good = good;
    }

    /** Returns the outcome as the report spells it. */
    public String words() {
        return words;
    }

    /** Returns whether a run with this outcome may pass. */
    public boolean good() {
        return good;
    }
}
