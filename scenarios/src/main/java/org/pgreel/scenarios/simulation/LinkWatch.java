package org.pgreel.scenarios.simulation;

/** Looks on at one simulated connection, as the client sees it. */
public interface LinkWatch {
    /** The client has sent that. */
    void frontend(byte[] bytes);

    /** That came to the client, in one piece. */
    void backend(byte[] bytes);
}
