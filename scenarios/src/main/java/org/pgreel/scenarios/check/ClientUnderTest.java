package org.pgreel.scenarios.check;

import java.io.IOException;

/** A client of PostgreSQL that is checked: how one run of it is made. Safe for use by several threads. */
public interface ClientUnderTest extends AutoCloseable {
    /** Returns the client's name for reports. */
    String name();

    /** Returns what it can be told. */
    Abilities abilities();

    /**
     * Runs the client to its end, or to the end of its time, and leaves nothing of it behind.
     *
     * @param name the run's name
     * @param login where it connects
     * @param watch hears of its connections
     * @param limits how long it may take
     * @param waits is told when it only waits
     * @throws IOException if the program cannot be started
     */
    ClientEnd run(String name, CaseLogin login, RunWatch watch, RunLimits limits, Runnable waits)
            throws IOException, InterruptedException;

    /** Ends what is kept between runs. */
    @Override
    default void close() {}
}
