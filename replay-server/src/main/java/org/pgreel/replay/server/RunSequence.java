package org.pgreel.replay.server;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ScriptEngine;

/**
 * Plays one script again and again: the first connection behind a run that is over begins the next one. Confined to its
 * event loop.
 */
final class RunSequence implements PlayedServer {
    private final Function<PlayListener, ScriptEngine> engines;
    private final RunListener listener;
    private final boolean single;
    private Run current;

    /** @param single whether all connections belong to one run, which ends only by {@link #finish} */
    RunSequence(Function<PlayListener, ScriptEngine> engines, RunListener listener, boolean single) {
        this.engines = engines;
        this.listener = listener;
        this.single = single;
        this.current = new Run(1);
    }

    boolean needsTls() {
        return current.engine.needsTls();
    }

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        if (current.over) {
            current = new Run(current.number + 1);
        }
        current.begun = true;
        listener.opened();
        return current.engine.opened(client, effects);
    }

    /** Returns the run that is going on, or that was the last. */
    PlayedRun run() {
        return new PlayedRun(current.number, current.engine.report());
    }

    /** Tells whether all connections of the run have ended. */
    boolean quiet() {
        return current.engine.quiet();
    }

    /** Ends the run that is going on, whatever it has come to; null if no client has come since the last. */
    @Nullable
    PlayedRun finish() {
        if (current.over || !current.begun) {
            return null;
        }
        PlayedRun last = run();
        current.end(last.report());
        return last;
    }

    /** One run and its engine. */
    private final class Run implements PlayListener {
        private final int number;
        private final ScriptEngine engine;
        private boolean begun;
        private boolean over;

        @SuppressWarnings("this-escape") // The engine calls its listener only once a client has come.
        Run(int number) {
            this.number = number;
            this.engine = engines.apply(this);
        }

        @Override
        public void departed(Mismatch mismatch) {
            listener.departed(mismatch);
            changed();
        }

        @Override
        public void changed() {
            listener.changed();
            if (!over && !single && engine.quiet()) {
                PlayReport report = engine.report();
                if (report.passed() || report.failed()) {
                    end(report);
                }
            }
        }

        private void end(PlayReport report) {
            over = true;
            listener.ended(new PlayedRun(number, report));
        }
    }
}
