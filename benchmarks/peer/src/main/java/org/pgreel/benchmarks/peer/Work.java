package org.pgreel.benchmarks.peer;

/** A workload of a peer that is ready to be done: connected, prepared. Used by one thread. */
public interface Work {
    /**
     * Does the work of one round.
     *
     * @param round how often and with which keys
     * @return the checksum of all that was read; see {@link Checksum#expected}
     * @throws Exception if anything fails
     */
    long run(Round round) throws Exception;

    /**
     * Disconnects.
     *
     * @throws Exception if that fails
     */
    void close() throws Exception;
}
