package org.pgreel.cli;

import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.recording.RecordedSession;

/** Shows on a terminal how many events have passed, and nothing anywhere else. Confined to one thread. */
final class TapeProgress implements AutoCloseable {

    private static final int UPDATE_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private TapeProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Returns a bar for the events of the sessions if a person watches. */
    static TapeProgress of(String task, OutputOptions options, List<RecordedSession> sessions) {
        return of(
                task,
                options,
                sessions.stream().mapToLong(RecordedSession::eventCount).sum());
    }

    /** Returns a bar for so many steps if a person watches. */
    static TapeProgress of(String task, OutputOptions options, long steps) {
        if (options.json || options.quiet || !CheckProgress.onTerminal()) {
            return new TapeProgress(null);
        }
        return new TapeProgress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build());
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
