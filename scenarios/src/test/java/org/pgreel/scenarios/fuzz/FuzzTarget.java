package org.pgreel.scenarios.fuzz;

import java.io.IOException;

/**
 * Something that reads bytes of others.
 *
 * <p>Whatever comes, it answers or refuses in the one way that its documentation names. An exception of another kind, a
 * broken round trip, memory beyond its bound ({@link Allocation}) and a run without end are bugs.
 */
interface FuzzTarget {
    /** Takes one input; what it throws is a bug. */
    void take(byte[] input) throws IOException;

    /** Returns how many bytes it may allocate whatever the length of the input: what is set up once, mostly. */
    default long room() {
        return 4 << 20;
    }

    /** Fails if the two differ, with both in the message. */
    static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + " and not " + actual);
        }
    }
}
