package org.pgreel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.Fold;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionSummary;

/** Writes sessions into the page of a recording, a row at a time. */
final class ReportPage {
    private static final String PLACE = "/*DATA*/";

    private final Writer out;
    private final int rowsMax;
    private final String verdict;

    ReportPage(Writer out, int rowsMax) {
        this(out, rowsMax, "");
    }

    /**
     * Writes a page that says more than what is recorded.
     *
     * @param verdict lines that stand above the messages; empty if there are none
     */
    ReportPage(Writer out, int rowsMax, String verdict) {
        this.out = out;
        this.rowsMax = rowsMax;
        this.verdict = verdict;
    }

    /** Writes the page; returns whether a session is damaged. */
    boolean write(String name, List<RecordedSession> sessions) throws IOException {
        String page = template();
        int place = page.indexOf(PLACE);
        out.write(page, 0, place);
        out.write("{\"recording\":" + json(name) + ",\"verdict\":" + json(verdict) + ",\"sessions\":[");
        boolean damaged = false;
        for (int i = 0; i < sessions.size(); i++) {
            out.write(i == 0 ? "\n" : ",\n");
            damaged |= session(sessions.get(i));
        }
        out.write("]}");
        out.write(page, place + PLACE.length(), page.length() - place - PLACE.length());
        return damaged;
    }

    private static String template() throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("recording.html")) {
            if (in == null) {
                throw new IllegalStateException("recording.html is not in this build, please report this");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns JSON that cannot end the script element that holds it. */
    private static String json(Object value) {
        return Json.line(value).replace("<", "\\u003c");
    }

    private boolean session(RecordedSession session) throws IOException {
        SessionSummary summary = SessionSummary.of(session);
        String head = json(head(summary));
        out.write(head, 0, head.length() - 1);
        out.write(",\"rows\":[");
        var rows = new ReportRows(rowsMax, this::row);
        var fold = new Fold<Connections>(rows);
        String damage = "";
        try {
            for (SessionEvent event : session.events()) {
                if (rows.full()) {
                    break;
                }
                fold.accept(event);
            }
        } catch (JournalDamagedException e) {
            damage = Failures.what(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        var tail = new LinkedHashMap<String, Object>();
        tail.put("connections", fold.state().byOrdinal().size());
        tail.put("damage", damage.isEmpty() ? null : damage);
        tail.put(
                "left",
                rows.full()
                        ? "What came behind the first " + rowsMax + " rows is left out; --rows takes more in."
                        : null);
        out.write("]," + json(tail).substring(1));
        return !damage.isEmpty();
    }

    private static Map<String, Object> head(SessionSummary summary) {
        var head = new LinkedHashMap<String, Object>();
        head.put("session", summary.number());
        head.put("began", summary.time() == null ? null : summary.time().toString());
        head.put("client", summary.client());
        head.put("server", summary.server());
        head.put("user", summary.user());
        head.put("database", summary.database());
        head.put("messages", summary.messages());
        head.put("state", summary.state().name().toLowerCase(Locale.ROOT));
        head.put(
                "end",
                summary.how() == null || summary.by() == null
                        ? null
                        : (summary.how() + " by " + summary.by()).toLowerCase(Locale.ROOT));
        return head;
    }

    private void row(int number, Map<String, Object> row) {
        try {
            out.write(number == 0 ? "\n" : ",\n");
            out.write(json(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
