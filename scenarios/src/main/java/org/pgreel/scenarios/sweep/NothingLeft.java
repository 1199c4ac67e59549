package org.pgreel.scenarios.sweep;

import java.util.Optional;

/** The end leaves nothing behind. */
final class NothingLeft implements Invariant {
    @Override
    public String name() {
        return "nothing-left";
    }

    @Override
    public String sentence() {
        return "Behind the end of the session no timer of it is armed, no connection of it is open, and no operation is"
                + " outstanding, for the application and in the journal; the server's engine has neither connection nor timer left.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        if (trace.timersLeft() > 0) {
            return Optional.of("a timer is armed behind the end of the session");
        }
        if (trace.connectionsLeft() > 0) {
            return Optional.of(trace.connectionsLeft() + " connections are open behind the end of the session");
        }
        if (trace.outstanding() != 0) {
            return Optional.of(trace.outstanding() + " operations are outstanding behind the end of the session");
        }
        // A script that falls silent for ever holds its connection open for ever.
        if (trace.serverOpen() && !subject.calm().serverOpen()) {
            return Optional.of("the server has a connection open behind the end of the session");
        }
        if (trace.serverTimers()) {
            return Optional.of("the server has a timer armed behind the end of its connections");
        }
        return trace.journal().outstanding() == 0
                ? Optional.empty()
                : Optional.of("the journal lacks the end of " + trace.journal().outstanding() + " operations");
    }
}
