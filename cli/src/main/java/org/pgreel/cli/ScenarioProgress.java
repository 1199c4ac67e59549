package org.pgreel.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.run.CatalogueRun;
import org.pgreel.scenarios.run.Verdict;

/** Shows on a terminal how far the run of the catalogue has come, and nothing anywhere else. */
final class ScenarioProgress implements CatalogueRun.Progress, AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final @Nullable ProgressBar bar;
    private int failed;

    private ScenarioProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Returns a bar for so many scenarios if a person watches. */
    static ScenarioProgress of(OutputOptions options, int scenarios) {
        if (options.json || options.quiet || !CheckProgress.onTerminal()) {
            return new ScenarioProgress(null);
        }
        return new ScenarioProgress(new ProgressBarBuilder()
                .setTaskName("scenarios")
                .setInitialMax(scenarios)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build());
    }

    @Override
    public synchronized void ended(Verdict verdict) {
        if (bar == null) {
            return;
        }
        if (verdict instanceof Verdict.Failed) {
            failed++;
            bar.setExtraMessage(" " + failed + " failed");
        }
        bar.step();
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
