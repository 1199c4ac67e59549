package org.pgreel.replay.engine;

/** What a connection is at: its start-up packets, its login, or the recording. Confined as its connection is. */
interface Stage {
    /** The client's bytes came. */
    void received(byte[] buffer, int from, int to);

    /** The client ended its side of the connection; the stage ends the other. */
    void endOfStream();

    /** The connection was reset; the stage gives it up. */
    default void reset() {
        endOfStream();
    }

    /** The connection takes bytes again. */
    default void writable() {}

    /** A timer elapsed. */
    default void elapsed(ReplayTimer timer) {}
}
