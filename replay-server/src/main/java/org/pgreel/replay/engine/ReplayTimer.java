package org.pgreel.replay.engine;

/** The two things for which a replayed connection waits no longer than a given time. */
public enum ReplayTimer {
    /** The client must have logged in. */
    LOGIN,
    /** The session that sent a recorded notification must have connected. */
    SENDER
}
