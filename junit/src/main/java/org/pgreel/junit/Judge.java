package org.pgreel.junit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Makes a test fail whose server's run did not go as its script says. */
final class Judge {
    private Judge() {}

    /**
     * Returns what a failure comes from: the departure of the client, if there is one, with the failure as suppressed;
     * otherwise the failure itself.
     */
    static Throwable explained(ExtensionContext context, ReplayServer server, Throwable failure) {
        if (failure instanceof TestAbortedException || failure instanceof ReplayError) {
            return failure;
        }
        Verdict verdict = server.soFar();
        if (!verdict.departed()) {
            return failure;
        }
        var error = error(context, verdict);
        error.addSuppressed(failure);
        return error;
    }

    /**
     * Judges the test's run.
     *
     * @param shared whether sessions may be left open, since the next test may use them
     * @throws ReplayError if it has not passed; when the test has failed already, in any case, to show the transcript
     */
    static void judge(ExtensionContext context, ReplayServer server, boolean shared) {
        Throwable failure = context.getExecutionException().orElse(null);
        if (server.served() instanceof RecordingServed) {
            return; // It is the recording that the test's outcome decides about.
        }
        if (failure instanceof TestAbortedException || failure instanceof ReplayError) {
            server.judgeNow();
            return;
        }
        Verdict verdict = failure == null ? server.judge() : server.judgeNow();
        List<String> leaks = shared || failure != null ? List.of() : server.leaks();
        Verdict whole = verdict.with(leaks);
        if (failure != null || !whole.passed()) {
            throw error(context, whole);
        }
    }

    private static ReplayError error(ExtensionContext context, Verdict verdict) {
        var run = RunName.of(context, verdict);
        return new ReplayError(FailureText.of(verdict, run), context.getRequiredTestMethod());
    }
}
