package org.pgreel.session;

/** How calls of the application, from any thread, come to the session's owner. */
interface Ownership {

    /**
     * Changes something that belongs to the owner: at once if the caller is the owner, otherwise in its next turn. What
     * follows from the change is looked at behind the input at hand.
     */
    void change(Runnable change);

    /** Does something as an input of its own, behind the one at hand; at once if the session is over. */
    void behind(Runnable step);

    /** Tells whether the session is over. */
    boolean isOver();

    /** Submits an operation: at once if the caller is the owner. */
    void submitted(Operation<?> operation);
}
