package org.pgreel.session;

/** The timers of a session; each runs at most once at a time. */
public enum Timer {
    /** Bounds the whole way to the first ReadyForQuery: name resolution, TCP, TLS and authentication. */
    CONNECT,
    /** Bounds one attempt, where there are several servers. */
    ATTEMPT,
    /** Bounds the oldest operation on the wire, if it has a limit; then the grace that the server has to answer a cancel. */
    OPERATION,
    /** Bounds the wait for the end of stream after the server announced the end by an ErrorResponse. */
    END_OF_STREAM,
    /** Bounds a cancel request, from connecting to the server's end of its connection; then the pause before the next. */
    CANCEL,
    /** Bounds the silence in the middle of a message. */
    STALL
}
