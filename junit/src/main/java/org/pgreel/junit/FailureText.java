package org.pgreel.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayedConnection;
import org.pgreel.replay.report.ExchangeMiss;

/** What a person is told of a run that failed: verdict, transcript, seed, and the command that repeats it. */
final class FailureText {
    private static final int LINES_SHOWN = 30;
    private static final String PARAMETER = "B ParameterStatus ";

    private final StringBuilder text = new StringBuilder();

    private FailureText() {}

    /** Returns the text; the whole transcript goes into the run's file. */
    static String of(Verdict verdict, RunName run) {
        var text = new FailureText();
        text.problems(verdict);
        PlayedConnection guilty = guilty(verdict);
        if (guilty != null) {
            text.transcript(guilty, written(verdict, run));
        }
        text.played(verdict);
        text.line("  again:  " + run.command());
        return text.text.toString().stripTrailing();
    }

    /** Returns the text of a run that belongs to no test. */
    static String withoutTest(Verdict verdict) {
        var text = new FailureText();
        text.problems(verdict);
        PlayedConnection guilty = guilty(verdict);
        if (guilty != null) {
            text.transcript(guilty, "");
        }
        text.played(verdict);
        return text.text.toString().stripTrailing();
    }

    private void played(Verdict verdict) {
        line("  played: " + verdict.server() + ", chunking "
                + verdict.chunking().word() + ", seed " + verdict.seed());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void problems(Verdict verdict) {
        if (verdict.passed()) {
            line("the server's script was played to its end");
            return;
        }
        verdict.problems().forEach(this::line);
        for (PlayedConnection connection : verdict.report().connections()) {
            Mismatch mismatch = connection.mismatch();
            if (mismatch != null && connection.outcome().failed()) {
                mismatch.expected().stream().skip(1).forEach(other -> line("  or expected " + other));
            }
        }
    }

    /**
     * Returns the connection that is to blame: the first that asked what was not recorded, else one that departed, else the
     * last that is not played, else the last.
     */
    private static @Nullable PlayedConnection guilty(Verdict verdict) {
        PlayedConnection guilty = null;
        List<ExchangeMiss> misses = verdict.report().misses();
        for (PlayedConnection connection : verdict.report().connections()) {
            if (!misses.isEmpty() && misses.get(0).connection() == connection.number()) {
                return connection;
            }
        }
        for (PlayedConnection connection : verdict.report().connections()) {
            if (connection.outcome().failed()) {
                return connection;
            }
            if (guilty == null || !connection.outcome().played()) {
                guilty = connection;
            }
        }
        return guilty;
    }

    private void transcript(PlayedConnection connection, String where) {
        List<String> lines = brief(lines(connection));
        int skipped = Math.max(0, lines.size() - LINES_SHOWN);
        String shown = skipped == 0 ? "" : ", the last " + LINES_SHOWN + " of " + lines.size() + " lines";
        String place = where.isEmpty() ? "" : " (" + where + ")";
        line("  connection " + connection.number() + " " + connection.outcome().words() + shown + place + ":");
        lines.stream().skip(skipped).forEach(line -> line("    " + line));
    }

    /** Returns the lines with a server's parameters, of which there are many at each login, in one. */
    private static List<String> brief(List<String> lines) {
        var brief = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            int parameters = parameters(lines, i);
            if (parameters > 1) {
                brief.add("# " + parameters + " lines " + PARAMETER.strip());
                i += parameters - 1;
            } else {
                brief.add(lines.get(i));
            }
        }
        return brief;
    }

    private static int parameters(List<String> lines, int from) {
        int to = from;
        while (to < lines.size() && lines.get(to).startsWith(PARAMETER)) {
            to++;
        }
        return to - from;
    }

    private static List<String> lines(PlayedConnection connection) {
        var lines = new ArrayList<>(connection.transcript());
        Mismatch mismatch = connection.mismatch();
        if (mismatch != null) {
            int at = Math.min(mismatch.transcript().size(), lines.size());
            lines.add(at, mismatch.got() + "   # not awaited");
        }
        return lines;
    }

    /** Writes all transcripts; returns where, or why not. */
    private static String written(Verdict verdict, RunName run) {
        var all = new ArrayList<String>();
        for (PlayedConnection connection : verdict.report().connections()) {
            all.add("# " + connection.sentence());
            all.addAll(lines(connection));
            all.add("");
        }
        try {
            Files.createDirectories(run.file().getParent());
            Files.write(run.file(), all);
            return "whole in " + run.file();
        } catch (IOException e) {
            return run.file() + " cannot be written";
        }
    }
}
