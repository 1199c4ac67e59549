package org.pgreel.recorder.event;

/**
 * Something that happened in a recorded session; the journal is a list of these.
 *
 * <p>Events of one session are numbered from 0 without a gap and are immutable. Times are monotonic nanoseconds of the
 * run that recorded them; {@link SessionOpened} ties them to the wall clock.
 */
public sealed interface SessionEvent
        permits SessionOpened,
                ConnectionOpened,
                Chunk,
                TlsRequested,
                TlsEstablished,
                TlsFailed,
                CallbackFired,
                OperationSubmitted,
                OperationCompleted,
                FaultInjected,
                Marker,
                RecordingDamaged,
                ConnectionClosed,
                SessionClosed {

    /** Returns the id of the session, unique within its journal. */
    long session();

    /** Returns the number of the event within its session, from 0. */
    long sequence();

    /** Returns when it happened, in nanoseconds since the run began; it never decreases within a session. */
    long nanos();

    /**
     * Calls the method of the handler that is meant for this kind of event.
     *
     * @param handler whom to call
     * @param <R> what the handler gives
     * @return what the handler gave
     */
    <R> R dispatch(Handler<R> handler);

    /**
     * One method for each kind of event; those not overridden fall to {@link #otherwise}.
     *
     * @param <R> what the handler gives
     */
    interface Handler<R> {
        /** Handles a {@link SessionOpened}. */
        default R onSessionOpened(SessionOpened event) {
            return otherwise(event);
        }

        /** Handles a {@link ConnectionOpened}. */
        default R onConnectionOpened(ConnectionOpened event) {
            return otherwise(event);
        }

        /** Handles a {@link ChunkWritten}. */
        default R onChunkWritten(ChunkWritten event) {
            return otherwise(event);
        }

        /** Handles a {@link ChunkRead}. */
        default R onChunkRead(ChunkRead event) {
            return otherwise(event);
        }

        /** Handles a {@link TlsRequested}. */
        default R onTlsRequested(TlsRequested event) {
            return otherwise(event);
        }

        /** Handles a {@link TlsEstablished}. */
        default R onTlsEstablished(TlsEstablished event) {
            return otherwise(event);
        }

        /** Handles a {@link TlsFailed}. */
        default R onTlsFailed(TlsFailed event) {
            return otherwise(event);
        }

        /** Handles a {@link CallbackFired}. */
        default R onCallbackFired(CallbackFired event) {
            return otherwise(event);
        }

        /** Handles an {@link OperationSubmitted}. */
        default R onOperationSubmitted(OperationSubmitted event) {
            return otherwise(event);
        }

        /** Handles an {@link OperationCompleted}. */
        default R onOperationCompleted(OperationCompleted event) {
            return otherwise(event);
        }

        /** Handles a {@link FaultInjected}. */
        default R onFaultInjected(FaultInjected event) {
            return otherwise(event);
        }

        /** Handles a {@link Marker}. */
        default R onMarker(Marker event) {
            return otherwise(event);
        }

        /** Handles a {@link RecordingDamaged}. */
        default R onRecordingDamaged(RecordingDamaged event) {
            return otherwise(event);
        }

        /** Handles a {@link ConnectionClosed}. */
        default R onConnectionClosed(ConnectionClosed event) {
            return otherwise(event);
        }

        /** Handles a {@link SessionClosed}. */
        default R onSessionClosed(SessionClosed event) {
            return otherwise(event);
        }

        /**
         * Handles every event whose own method is not overridden.
         *
         * @param event the event
         * @return what the handler gives for it
         */
        R otherwise(SessionEvent event);
    }
}
