package org.pgreel.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/** A library under measurement: makes the work of each workload. */
public interface Peer {
    /**
     * Connects for a workload and prepares what is not to be measured.
     *
     * @param workload what will be done
     * @param target where
     * @return the work; null if the library cannot do it
     * @throws Exception if it should, but fails
     */
    @Nullable
    Work open(Workload workload, Target target) throws Exception;

    /**
     * Ends the library's threads.
     *
     * @throws Exception if that fails
     */
    default void close() throws Exception {}
}
