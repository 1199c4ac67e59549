package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ShutdownReason;

/** Watches that one session keeps what {@code SessionStatusNotify} promises, in every run. */
final class Contract {
    private final List<String> breaches = new ArrayList<>();
    private boolean connected;
    private boolean authenticated;
    private boolean ready;
    private @Nullable ConnectionFailureReason failure;
    private int shutdowns;
    private int depth;

    /** A callback begins. */
    void enter(String callback) {
        check(depth == 0, callback + " was called inside another callback");
        check(shutdowns == 0, callback + " was called after pgSessionShutdown");
        check(
                failure == null || callback.equals("pgSessionShutdown"),
                callback + " stands between pgSessionConnectionFailed and pgSessionShutdown");
        depth++;
    }

    /** A callback ends. */
    void leave() {
        depth--;
    }

    void connected() {
        check(!connected, "pgSessionConnected was called twice");
        connected = true;
    }

    void authenticated() {
        check(connected, "pgSessionAuthenticated was called before pgSessionConnected");
        check(!authenticated, "pgSessionAuthenticated was called twice");
        authenticated = true;
    }

    void status() {
        check(authenticated, "pgTransactionStatus was called before pgSessionAuthenticated");
        ready = true;
    }

    void asynchronous(String callback) {
        check(connected, callback + " was called before pgSessionConnected");
    }

    void connectionFailed(ConnectionFailureReason reason) {
        check(!ready, "pgSessionConnectionFailed was called after the first ReadyForQuery");
        failure = reason;
    }

    void shutdown(Optional<ShutdownReason> reason, int outstanding) {
        shutdowns++;
        check(reason.isPresent(), "pgSessionShutdown was called without a shutdownReason");
        check(outstanding == 0, "pgSessionShutdown was called with " + outstanding + " operations not completed");
        boolean failed = reason.orElse(null) instanceof ShutdownReason.ConnectionFailed;
        check(
                failed == (failure != null),
                failed
                        ? "the session failed to connect without pgSessionConnectionFailed"
                        : "pgSessionConnectionFailed was called, and the session ended otherwise");
        if (reason.orElse(null) instanceof ShutdownReason.ConnectionFailed connection) {
            check(connection.reason().equals(failure), "shutdownReason and pgSessionConnectionFailed differ");
        }
    }

    /** The run is over. */
    void over(boolean ended) {
        check(shutdowns == 1, "pgSessionShutdown was called " + shutdowns + " times");
        check(ended, "the future of the session's end is not done");
    }

    void check(boolean kept, String breach) {
        if (!kept && !breaches.contains(breach)) {
            breaches.add(breach);
        }
    }

    List<String> breaches() {
        return breaches;
    }
}
