package org.pgreel.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.report.ConnectionReport;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.LeftOverRun;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.report.UnplayedConnection;
import org.pgreel.tap.WireTap;

/** The files into which {@code replay} writes what came of it; a page shows what was said on each connection, too. */
final class ReplayPages {
    /** What of the connections a page can show; what comes behind that is left out. */
    private static final long TRANSCRIPT_BYTES_MAX = 64L << 20;

    private static final int ROWS_MAX = 100_000;

    private final ReportOptions files;
    private final InMemoryJournal journal = new InMemoryJournal("replay", TRANSCRIPT_BYTES_MAX);

    ReplayPages(ReportOptions files) {
        this.files = files;
        files.check();
    }

    /** Returns who writes down what is said, if a page is asked for; otherwise null. */
    @Nullable
    WireTap tap() {
        return files.ending(".html").isEmpty()
                ? null
                : new Recorder(journal, RecordingClock.system(), OnJournalFailure.STOP_RECORDING);
    }

    /** Writes all files. */
    void write(ReplayReport report, Map<String, Object> fields) {
        write(report.text(), fields, cases(report));
    }

    /**
     * Writes all files.
     *
     * @param text what came of it, for people
     * @param fields the same in JSON
     * @param cases the same as tests
     */
    void write(String text, Map<String, Object> fields, List<JUnitSuite.Case> cases) {
        for (Path file : files.ending(".json")) {
            ReportOptions.write(file, Json.line(fields) + "\n");
        }
        for (Path file : files.ending(".jsonl")) {
            ReportOptions.write(file, Json.line(fields) + "\n");
        }
        for (Path file : files.ending(".md")) {
            ReportOptions.write(file, markdown(text));
        }
        for (Path file : files.ending(".xml")) {
            ReportOptions.write(file, JUnitSuite.xml(cases, text));
        }
        for (Path file : files.ending(".html")) {
            ReportOptions.write(file, page(text));
        }
    }

    /** What others said stands in it: nothing of that ends the block, or is a command to a terminal. */
    private static String markdown(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return "# Replay\n\n" + fence + "\n" + Screen.text(text) + fence + "\n";
    }

    private String page(String text) {
        var page = new StringWriter();
        try {
            new ReportPage(page, ROWS_MAX, text)
                    .write("replay", Recordings.of(journal).sessions());
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
        return page.toString();
    }

    private static List<JUnitSuite.Case> cases(ReplayReport report) {
        var cases = new ArrayList<JUnitSuite.Case>();
        for (ConnectionReport connection : report.connections()) {
            cases.add(new JUnitSuite.Case(
                    "connection " + connection.number(), connection.outcome().good() ? null : connection.line()));
        }
        for (UnplayedConnection connection : report.unplayed()) {
            cases.add(new JUnitSuite.Case("recorded connection " + connection.recorded(), connection.line()));
        }
        if (report.exchanges() != null) {
            for (ExchangeMiss miss : report.exchanges().misses()) {
                cases.add(new JUnitSuite.Case(
                        "miss on connection " + miss.connection(), String.join("\n", miss.lines())));
            }
            for (LeftOverRun run : report.exchanges().leftOver()) {
                cases.add(new JUnitSuite.Case("left over: " + run.place(), run.line()));
            }
        }
        return cases;
    }
}
