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
import org.pgreel.replay.server.ReplayServer;

/** The files into which {@code replay} writes what came of it; a page shows what was said on each connection, too. */
final class ReplayPages {
    /** What of the connections a page can show; what comes behind that is left out. */
    private static final long TRANSCRIPT_BYTES_MAX = 64L << 20;

    private static final int ROWS_MAX = 100_000;

    private record Case(String name, @Nullable String failure) {}

    private final ReportOptions files;
    private final InMemoryJournal journal = new InMemoryJournal("replay", TRANSCRIPT_BYTES_MAX);

    ReplayPages(ReportOptions files) {
        this.files = files;
        files.check();
    }

    /** Has what is said written down, if a page is asked for. */
    ReplayServer.Builder tapped(ReplayServer.Builder builder) {
        return files.ending(".html").isEmpty()
                ? builder
                : builder.tap(new Recorder(journal, RecordingClock.system(), OnJournalFailure.STOP_RECORDING));
    }

    /** Writes all files. */
    void write(ReplayReport report, Map<String, Object> fields) {
        for (Path file : files.ending(".json")) {
            ReportOptions.write(file, Json.line(fields) + "\n");
        }
        for (Path file : files.ending(".jsonl")) {
            ReportOptions.write(file, Json.line(fields) + "\n");
        }
        for (Path file : files.ending(".md")) {
            ReportOptions.write(file, "# Replay\n\n```\n" + report.text() + "```\n");
        }
        for (Path file : files.ending(".xml")) {
            ReportOptions.write(file, xml(report));
        }
        for (Path file : files.ending(".html")) {
            ReportOptions.write(file, page(report));
        }
    }

    private String page(ReplayReport report) {
        var page = new StringWriter();
        try {
            new ReportPage(page, ROWS_MAX, report.text())
                    .write("replay", Recordings.of(journal).sessions());
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
        return page.toString();
    }

    private static List<Case> cases(ReplayReport report) {
        var cases = new ArrayList<Case>();
        for (ConnectionReport connection : report.connections()) {
            cases.add(new Case(
                    "connection " + connection.number(), connection.outcome().good() ? null : connection.line()));
        }
        for (UnplayedConnection connection : report.unplayed()) {
            cases.add(new Case("recorded connection " + connection.recorded(), connection.line()));
        }
        if (report.exchanges() != null) {
            for (ExchangeMiss miss : report.exchanges().misses()) {
                cases.add(new Case("miss on connection " + miss.connection(), String.join("\n", miss.lines())));
            }
            for (LeftOverRun run : report.exchanges().leftOver()) {
                cases.add(new Case("left over: " + run.place(), run.line()));
            }
        }
        return cases;
    }

    private static String xml(ReplayReport report) {
        List<Case> cases = cases(report);
        long failures = cases.stream().filter(one -> one.failure() != null).count();
        var xml = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"pgreel replay\" tests=\"" + cases.size()
                        + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\">\n");
        for (Case one : cases) {
            xml.append("  <testcase classname=\"pgreel.replay\" name=\"").append(escaped(one.name()));
            if (one.failure() == null) {
                xml.append("\"/>\n");
            } else {
                String first = one.failure().lines().findFirst().orElse("");
                xml.append("\">\n    <failure message=\"")
                        .append(escaped(first))
                        .append("\">");
                xml.append(escaped(one.failure())).append("</failure>\n  </testcase>\n");
            }
        }
        xml.append("  <system-out>").append(escaped(report.text())).append("</system-out>\n");
        return xml.append("</testsuite>\n").toString();
    }

    /** Returns text for XML; a character that XML does not know becomes a question mark. */
    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean legal =
                    c == '\n' || c == '\t' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF;
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(legal ? c : '?');
            }
        });
        return out.toString();
    }
}
