package org.pgreel.replay.play;

import java.time.Duration;

/** Something that is done to a connection, in the order of the script. */
sealed interface Act {
    /** Bytes leave in one write. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Write(byte[] bytes) implements Act {}

    /** Nothing happens for that time. */
    record Wait(Duration time) implements Act {}

    /** Nothing more is sent; the socket stays open and is read. */
    record Stall() implements Act {}

    /** The stream to the client ends; this side goes on reading. */
    record HalfClose() implements Act {}

    /** The connection ends in order. */
    record Close() implements Act {}

    /** The connection is reset. */
    record Reset() implements Act {}

    /** All bytes behind those already written are part of a TLS session. */
    record StartTls() implements Act {}

    /** From here on nothing reaches the client; the socket stays open. */
    record Swallow() implements Act {}

    /** From here on nothing is read. */
    record Deaf() implements Act {}

    /** From here on bytes are collected until there are that many. */
    record Coalesce(int bytes) implements Act {}

    /** From here on no more than that many bytes leave in a second. */
    record Throttle(int bytesPerSecond) implements Act {}

    /** What this tells of has happened now. */
    record Told(Runnable news) implements Act {}
}
