package org.pgreel.scenarios.check;

/** Hears how a check goes, from any thread. */
public interface CheckListener {
    /** Hears nothing. */
    CheckListener NONE = new CheckListener() {};

    /** The client has passed the first controls; so many runs follow. */
    default void started(int runs) {}

    /** A run has been graded. */
    default void graded(String scenario, Grade grade) {}
}
