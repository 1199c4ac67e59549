package org.pgreel.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;

/**
 * One line on a terminal that tells how far a command is; on anything else than a terminal nothing at all.
 *
 * <p>Safe for use by several threads.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final String BEGINNING_OF_EMPTY_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean visible;
    private final int total;
    private int done;

    ProgressBar(PrintWriter err, boolean visible, int total) {
        this.err = err;
        this.visible = visible;
        this.total = total;
    }

    /** Returns a bar that is seen when there is a terminal and the command speaks to a person who wants to know. */
    static ProgressBar on(PrintWriter err, OutputOptions output, int total) {
        return new ProgressBar(err, !output.json && !output.quiet && isTerminal(), total);
    }

    /** Newer JVMs have a console without a terminal, too, and a question for it that older ones do not know. */
    @SuppressWarnings("SystemConsoleNull") // Which is what isTerminal is asked for.
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** One more is done; the remark stands behind the bar. */
    synchronized void advance(String remark) {
        done++;
        if (visible) {
            int full = total == 0 ? WIDTH : WIDTH * done / total;
            err.print(BEGINNING_OF_EMPTY_LINE + "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + done + "/"
                    + total + (remark.isEmpty() ? "" : "  " + remark));
            err.flush();
        }
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (visible && done > 0) {
            err.print(BEGINNING_OF_EMPTY_LINE);
            err.flush();
        }
    }
}
