package org.pgreel.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.recording.ReadingProgress;

/** Shows on a terminal how much of a long recording was read, and nothing anywhere else. Confined to one thread. */
final class ReadingBar implements ReadingProgress, AutoCloseable {

    private static final int UPDATE_MILLIS = 200;

    /** Less is read before anyone could see a bar. */
    private static final long WORTH_BYTES = 128L << 20;

    private static final long MEBIBYTE = 1 << 20;

    private final String task;
    private final boolean shown;
    private @Nullable ProgressBar bar;

    ReadingBar(String task, OutputOptions options) {
        this.task = task;
        this.shown = !options.json && !options.quiet && CheckProgress.onTerminal();
    }

    @Override
    public void begins(long bytes) {
        if (shown && bytes >= WORTH_BYTES) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(bytes)
                    .setUnit(" MiB", MEBIBYTE)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    @Override
    public void read(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
