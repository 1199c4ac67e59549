package org.pgreel.scenarios.simulation;

/**
 * One direction of a connection: what is sent goes in at one end, and comes out at the other. Confined to the run's
 * thread.
 */
public interface Way {
    /**
     * Bytes follow those before.
     *
     * @param bytes handed over: whoever gets them may keep them, and nobody changes them
     */
    void bytes(byte[] bytes);

    /** The stream ends in order. */
    void end();

    /** The connection is reset. */
    void reset();
}
