package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ShutdownReason;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.TapFailedException;

/**
 * Thrown inside the core when the session is over; the input at hand catches it and ends the session.
 *
 * <p>It never leaves the core and carries no stack trace.
 */
final class SessionEnd extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ShutdownReason reason;
    private final EndKind how;
    private final By by;

    private SessionEnd(ShutdownReason reason, EndKind how, By by) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.how = how;
        this.by = by;
    }

    static SessionEnd closed() {
        return new SessionEnd(new ShutdownReason.SessionClosed(), EndKind.FIN, By.CLIENT);
    }

    static SessionEnd failed(ConnectionFailureReason reason) {
        return new SessionEnd(new ShutdownReason.ConnectionFailed(reason), EndKind.LOCAL, By.CLIENT);
    }

    static SessionEnd timedOut(ConnectionFailureReason reason) {
        return new SessionEnd(new ShutdownReason.ConnectionFailed(reason), EndKind.TIMEOUT, By.CLIENT);
    }

    static SessionEnd timedOut(ShutdownReason reason) {
        return new SessionEnd(reason, EndKind.TIMEOUT, By.CLIENT);
    }

    static SessionEnd violation(String violation) {
        return local(new ShutdownReason.ProtocolViolation(violation));
    }

    /** The tap failed, and the session with it. */
    static SessionEnd recordingFailed(TapFailedException e) {
        return local(new ShutdownReason.RecordingFailed(e));
    }

    static SessionEnd local(ShutdownReason reason) {
        return new SessionEnd(reason, EndKind.LOCAL, By.CLIENT);
    }

    /** The peer ended the stream; a null cause is an orderly end, any other a reset. */
    static SessionEnd byPeer(ShutdownReason reason, @Nullable Throwable cause) {
        return new SessionEnd(reason, cause == null ? EndKind.FIN : EndKind.RESET, By.SERVER);
    }

    ShutdownReason reason() {
        return reason;
    }

    EndKind how() {
        return how;
    }

    By by() {
        return by;
    }
}
