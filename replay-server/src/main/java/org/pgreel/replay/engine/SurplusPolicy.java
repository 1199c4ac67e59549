package org.pgreel.replay.engine;

/** What a client gets for which no recorded connection is left. */
public enum SurplusPolicy {
    /** A healthy server that knows nothing: it greets, and ends the connection with RP002 at the first statement. */
    CLONE_GREETING,
    /** FATAL 53300, as a server answers whose connections are all taken. */
    REFUSE_53300,
    /** FATAL RP002 at login. */
    FAIL
}
