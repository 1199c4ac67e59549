package org.pgreel.recorder.tape;

import org.pgreel.recorder.event.CallbackFired;
import org.pgreel.recorder.event.ChunkRead;
import org.pgreel.recorder.event.ChunkWritten;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.OperationCompleted;
import org.pgreel.recorder.event.OperationSubmitted;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;

/** Gives events another session and sequence, or another time, and nothing else. */
final class Restamped implements SessionEvent.Handler<SessionEvent> {

    private final long session;
    private final long sequence;

    private final long nanos;

    private Restamped(long session, long sequence, long nanos) {
        this.session = session;
        this.sequence = sequence;
        this.nanos = nanos;
    }

    static SessionEvent of(SessionEvent event, long session, long sequence) {
        return event.dispatch(new Restamped(session, sequence, event.nanos()));
    }

    /** Returns an event as of another time. */
    static SessionEvent at(SessionEvent event, long nanos) {
        return event.dispatch(new Restamped(event.session(), event.sequence(), nanos));
    }

    @Override
    public SessionEvent onSessionOpened(SessionOpened e) {
        return new SessionOpened(
                session,
                sequence,
                nanos,
                e.wallClock(),
                e.run(),
                e.role(),
                e.clientAddress(),
                e.serverAddress(),
                e.startup());
    }

    @Override
    public SessionEvent onConnectionOpened(ConnectionOpened e) {
        return new ConnectionOpened(session, sequence, nanos, e.connection());
    }

    @Override
    public SessionEvent onChunkWritten(ChunkWritten e) {
        return new ChunkWritten(
                session, sequence, nanos, e.connection(), e.bytes(), e.masked(), e.messagesBefore(), e.firstBoundary());
    }

    @Override
    public SessionEvent onChunkRead(ChunkRead e) {
        return new ChunkRead(
                session, sequence, nanos, e.connection(), e.bytes(), e.masked(), e.messagesBefore(), e.firstBoundary());
    }

    @Override
    public SessionEvent onTlsRequested(TlsRequested e) {
        return new TlsRequested(session, sequence, nanos, e.connection());
    }

    @Override
    public SessionEvent onTlsEstablished(TlsEstablished e) {
        return new TlsEstablished(session, sequence, nanos, e.connection(), e.protocol(), e.cipher());
    }

    @Override
    public SessionEvent onTlsFailed(TlsFailed e) {
        return new TlsFailed(session, sequence, nanos, e.connection(), e.kind());
    }

    @Override
    public SessionEvent onCallbackFired(CallbackFired e) {
        return new CallbackFired(session, sequence, nanos, e.kind(), e.detail());
    }

    @Override
    public SessionEvent onOperationSubmitted(OperationSubmitted e) {
        return new OperationSubmitted(session, sequence, nanos, e.operation(), e.kind());
    }

    @Override
    public SessionEvent onOperationCompleted(OperationCompleted e) {
        return new OperationCompleted(session, sequence, nanos, e.operation(), e.outcome());
    }

    @Override
    public SessionEvent onFaultInjected(FaultInjected e) {
        return new FaultInjected(session, sequence, nanos, e.connection(), e.direction(), e.offset(), e.fault());
    }

    @Override
    public SessionEvent onMarker(Marker e) {
        return new Marker(session, sequence, nanos, e.note());
    }

    @Override
    public SessionEvent onRecordingDamaged(RecordingDamaged e) {
        return new RecordingDamaged(session, sequence, nanos, e.reason());
    }

    @Override
    public SessionEvent onConnectionClosed(ConnectionClosed e) {
        return new ConnectionClosed(session, sequence, nanos, e.connection(), e.how(), e.by());
    }

    @Override
    public SessionEvent onSessionClosed(SessionClosed e) {
        return new SessionClosed(session, sequence, nanos, e.by(), e.how(), e.totals());
    }

    @Override
    public SessionEvent otherwise(SessionEvent event) {
        throw new AssertionError("no tape holds " + event.getClass().getSimpleName() + "; please report this");
    }
}
