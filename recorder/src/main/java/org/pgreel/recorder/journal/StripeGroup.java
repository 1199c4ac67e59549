package org.pgreel.recorder.journal;

/**
 * Stripes that one run writes side by side, so that recorders need not wait for each other. Each session lies in one of
 * them. Its id tells its place among the sessions of the group, in the order of their beginning, and each record has a
 * time by which they can be put into one order: that of causes and effects, within a session and between sessions.
 */
public interface StripeGroup {

    /** Returns the name by which its stripes are known to belong together. */
    String name();

    /**
     * Returns the place of a session in the order in which those of the group began, from 1.
     *
     * @param session its id
     */
    long ordinal(long session);

    /**
     * Returns the lowest of the clocks of its stripes: whoever reads a stripe to its end afterwards has seen all of its
     * records with a lesser time.
     *
     * @return {@link Long#MAX_VALUE} if nobody writes it any more
     */
    long clock();
}
