package org.pgreel.scenarios.sweep;

import java.util.List;
import java.util.Optional;
import org.pgreel.client.ShutdownReason;

/** Callbacks come in the order that {@code SessionStatusNotify} promises. */
final class TerminalOnce implements Invariant {
    private static final String SHUTDOWN = "pgSessionShutdown";
    private static final String FAILED = "pgSessionConnectionFailed";

    @Override
    public String name() {
        return "terminal-once";
    }

    @Override
    public String sentence() {
        return "Callbacks come in legal order: connected, authenticated, the first status; pgSessionShutdown exactly once,"
                + " and pgSessionConnectionFailed at most once, directly before it.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        List<Trace.Entry.Callback> callbacks = trace.callbacks();
        int at = 0;
        boolean connected = false;
        boolean authenticated = false;
        boolean ready = false;
        boolean failed = false;
        boolean over = false;
        for (Trace.Entry.Callback callback : callbacks) {
            String word = callback.kind().callbackName();
            String wrong = null;
            at++;
            if (over) {
                wrong = word + " comes behind pgSessionShutdown";
            } else if (failed && !word.equals(SHUTDOWN)) {
                wrong = word + " stands between pgSessionConnectionFailed and pgSessionShutdown";
            }
            switch (word) {
                case "pgSessionConnected" -> {
                    wrong = connected || at > 1 ? "pgSessionConnected is not the first" : wrong;
                    connected = true;
                }
                case "pgSessionAuthenticated" -> {
                    wrong = authenticated || !connected ? "pgSessionAuthenticated comes twice or too early" : wrong;
                    authenticated = true;
                }
                case "pgTransactionStatus" -> {
                    wrong = authenticated ? wrong : "pgTransactionStatus comes before pgSessionAuthenticated";
                    ready = true;
                }
                case FAILED -> {
                    wrong = ready ? "pgSessionConnectionFailed comes behind the first ReadyForQuery" : wrong;
                    failed = true;
                }
                case SHUTDOWN -> over = true;
                default -> wrong = connected ? wrong : word + " comes before pgSessionConnected";
            }
            if (wrong != null) {
                return Optional.of(wrong);
            }
        }
        return over ? reason(trace, failed) : Optional.of("pgSessionShutdown never comes");
    }

    private static Optional<String> reason(Trace trace, boolean failed) {
        boolean never = trace.reason() instanceof ShutdownReason.ConnectionFailed;
        return never == failed
                ? Optional.empty()
                : Optional.of("the shutdown reason is " + trace.reason() + ", and pgSessionConnectionFailed came "
                        + (failed ? "before it" : "not"));
    }
}
