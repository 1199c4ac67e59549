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
        return "The client holds no more bytes than twice the largest message of the session and 64 KiB.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        long most = 2L * subject.largestMessage() + READ;
        return trace.held() <= most
                ? Optional.empty()
                : Optional.of("the client holds " + trace.held() + " bytes, and may hold " + most);
    }
}
