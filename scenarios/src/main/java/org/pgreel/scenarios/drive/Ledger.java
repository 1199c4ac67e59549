package org.pgreel.scenarios.drive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.ScriptLine;

/**
 * What one session's application was told, beside what the script says that it is told: the two are compared in order, as
 * far as the play has come.
 */
final class Ledger {
    /** A line that the play has come to. */
    static final class Expectation {
        private final ScriptLine line;
        private boolean met;

        private Expectation(ScriptLine line) {
            this.line = line;
        }

        boolean met() {
            return met;
        }
    }

    private final String session;
    private final ToldScript script;
    private final Deque<Expectation> expected = new ArrayDeque<>();
    private final Deque<Heard> pending = new ArrayDeque<>();
    private final List<Heard> all = new ArrayList<>();
    private int callbacksMet;
    private @Nullable String mismatch;

    Ledger(String session, ToldScript script) {
        this.session = session;
        this.script = script;
    }

    /** The play has come to a {@code <} or {@code @} line. */
    Expectation expect(ScriptLine line) {
        var expectation = new Expectation(line);
        expected.add(expectation);
        compare();
        return expectation;
    }

    /** The application was told something. */
    void heard(Heard heard) {
        all.add(heard);
        pending.add(heard);
        compare();
    }

    private void compare() {
        while (mismatch == null && !expected.isEmpty() && !pending.isEmpty()) {
            Expectation next = expected.element();
            Heard heard = pending.remove();
            if (heard.fits(ToldScript.told(next.line))) {
                expected.remove();
                next.met = true;
                callbacksMet += heard.isCallback() ? 1 : 0;
            } else if (!mayLack(heard)) {
                mismatch = "line " + next.line.number() + ": our client was told \"" + heard + "\", expected \""
                        + next.line + "\"";
            }
        }
    }

    private boolean mayLack(Heard heard) {
        if (!heard.isCallback()) {
            return script.mayLackResult(heard.asked(), heard.word());
        }
        boolean before = callbacksMet == 0;
        boolean behind = callbacksMet == script.callbacks(session);
        return before || behind || script.mayLack(session, heard.word());
    }

    /** Returns the first difference; null as long as there is none. */
    @Nullable
    String mismatch() {
        return mismatch;
    }

    /** Returns the lines that the play has come to and that nothing has met. */
    List<ScriptLine> unmet() {
        return expected.stream().map(expectation -> expectation.line).toList();
    }

    /** Tells whether nothing was told that awaits a line which the play has not come to yet. */
    boolean caughtUp() {
        return pending.isEmpty();
    }

    /** Returns all that the application was told, in order. */
    List<Heard> all() {
        return all;
    }
}
