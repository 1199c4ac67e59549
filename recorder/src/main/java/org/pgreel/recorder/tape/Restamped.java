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

/** Gives events another session and sequence, and nothing else. */
final class Restamped implements SessionEvent.Handler<SessionEvent> {

    private final long session;
    private final long sequence;

    private Restamped(long session, long sequence) {
        this.session = session;
        this.sequence = sequence;
    }

    static SessionEvent of(SessionEvent event, long session, long sequence) {
        return event.dispatch(new Restamped(session, sequence));
    }

    @Override
    public SessionEvent onSessionOpened(SessionOpened e) {
        return new SessionOpened(
                session,
                sequence,
                e.nanos(),
                e.wallClock(),
                e.run(),
                e.role(),
                e.clientAddress(),
                e.serverAddress(),
                e.startup());
    }

    @Override
    public SessionEvent onConnectionOpened(ConnectionOpened e) {
        return new ConnectionOpened(session, sequence, e.nanos(), e.connection());
    }

    @Override
    public SessionEvent onChunkWritten(ChunkWritten e) {
        return new ChunkWritten(
                session,
                sequence,
                e.nanos(),
                e.connection(),
                e.bytes(),
                e.masked(),
                e.messagesBefore(),
                e.firstBoundary());
    }

    @Override
    public SessionEvent onChunkRead(ChunkRead e) {
        return new ChunkRead(
                session,
                sequence,
                e.nanos(),
                e.connection(),
                e.bytes(),
                e.masked(),
                e.messagesBefore(),
                e.firstBoundary());
    }

    @Override
    public SessionEvent onTlsRequested(TlsRequested e) {
        return new TlsRequested(session, sequence, e.nanos(), e.connection());
    }

    @Override
    public SessionEvent onTlsEstablished(TlsEstablished e) {
        return new TlsEstablished(session, sequence, e.nanos(), e.connection(), e.protocol(), e.cipher());
    }

    @Override
    public SessionEvent onTlsFailed(TlsFailed e) {
        return new TlsFailed(session, sequence, e.nanos(), e.connection(), e.kind());
    }

    @Override
    public SessionEvent onCallbackFired(CallbackFired e) {
        return new CallbackFired(session, sequence, e.nanos(), e.kind(), e.detail());
    }

    @Override
    public SessionEvent onOperationSubmitted(OperationSubmitted e) {
        return new OperationSubmitted(session, sequence, e.nanos(), e.operation(), e.kind());
    }

    @Override
    public SessionEvent onOperationCompleted(OperationCompleted e) {
        return new OperationCompleted(session, sequence, e.nanos(), e.operation(), e.outcome());
    }

    @Override
    public SessionEvent onFaultInjected(FaultInjected e) {
        return new FaultInjected(session, sequence, e.nanos(), e.connection(), e.direction(), e.offset(), e.fault());
    }

    @Override
    public SessionEvent onMarker(Marker e) {
        return new Marker(session, sequence, e.nanos(), e.note());
    }

    @Override
    public SessionEvent onRecordingDamaged(RecordingDamaged e) {
        return new RecordingDamaged(session, sequence, e.nanos(), e.reason());
    }

    @Override
    public SessionEvent onConnectionClosed(ConnectionClosed e) {
        return new ConnectionClosed(session, sequence, e.nanos(), e.connection(), e.how(), e.by());
    }

    @Override
    public SessionEvent onSessionClosed(SessionClosed e) {
        return new SessionClosed(session, sequence, e.nanos(), e.by(), e.how(), e.totals());
    }

    @Override
    public SessionEvent otherwise(SessionEvent event) {
        throw new AssertionError("no tape holds " + event.getClass().getSimpleName() + "; please report this");
    }
}
