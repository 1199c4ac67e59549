package org.pgreel.scenarios.sweep;

import java.util.Optional;

/** The client never holds much. */
final class LittleHeld implements Invariant {
    private static final int READ = 64 << 10;

    @Override
    public String name() {
        return "little-held";
    }

    @Override
    public String sentence() {
        return "Neither the client nor the server's engine holds more bytes than twice the largest message of the session and"
                + " 64 KiB.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        long most = 2L * subject.largestMessage() + READ;
        if (trace.held() > most) {
            return Optional.of("the client holds " + trace.held() + " bytes, and may hold " + most);
        }
        return trace.engineHeld() <= most
                ? Optional.empty()
                : Optional.of("the server's engine holds " + trace.engineHeld() + " bytes, and may hold " + most);
    }
}
