package org.pgreel.session;

/** The timers of a session; each runs at most once at a time. */
public enum Timer {
    /** Bounds the whole way to the first ReadyForQuery: name resolution, TCP, TLS and authentication. */
    CONNECT,
    /** Bounds the operation at the head of the queue, if the options say so. */
    OPERATION,
    /** Bounds the wait for the end of stream after the server announced the end by an ErrorResponse. */
    END_OF_STREAM
}
