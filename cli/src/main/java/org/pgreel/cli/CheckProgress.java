package org.pgreel.cli;

import java.io.Console;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.check.CheckListener;
import org.pgreel.scenarios.check.Grade;

/** A bar on a terminal, with the bad grades so far; nothing anywhere else. Safe for use by several threads. */
final class CheckProgress implements CheckListener, AutoCloseable {

    private static final int UPDATE_MILLIS = 200;

    private final boolean shown;
    private final Map<Grade, Integer> bad = new EnumMap<>(Grade.class);
    private @Nullable ProgressBar bar;

    private CheckProgress(boolean shown) {
        this.shown = shown;
    }

    /** Returns a bar if a person watches. */
    static CheckProgress of(OutputOptions options) {
        return new CheckProgress(!options.json && !options.quiet && onTerminal());
    }

    /** From JDK 22 on there is a console that may be none. */
    @SuppressWarnings("SystemConsoleNull") // Before JDK 22 there is none without a terminal.
    static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    @Override
    public synchronized void started(int runs) {
        if (shown) {
            bar = new ProgressBarBuilder()
                    .setTaskName("check")
                    .setInitialMax(runs)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    @Override
    public synchronized void graded(String scenario, Grade grade) {
        if (bar == null) {
            return;
        }
        if (grade.bad()) {
            bad.merge(grade, 1, Integer::sum);
            bar.setExtraMessage(bad.entrySet().stream()
                    .map(count -> count.getValue() + " " + count.getKey().word())
                    .collect(Collectors.joining(", ")));
        }
        bar.step();
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
