package org.pgreel.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.SessionSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgreel sessions}: lists what a recording holds, one line a session. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "Lists the sessions of a recording.",
        footerHeading = "%nExample:%n",
        footer = "  pgreel sessions --journal orders")
final class SessionsCommand implements Callable<Integer> {

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SessionSummary> summaries = summaries();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new ArrayList<Map<String, Object>>();
            summaries.forEach(summary -> document.add(fields(summary)));
            out.println(Json.line(document));
        } else if (summaries.isEmpty()) {
            out.println("no sessions yet");
        } else {
            table(summaries).print(out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private List<SessionSummary> summaries() {
        Recording opened = recording.openIndexed(output);
        RecordingName name = recording.name();
        List<RecordedSession> sessions = name.session() == null
                ? opened.sessions()
                : List.of(RecordingOptions.session(opened, name.session(), name.path()));
        var summaries = new ArrayList<SessionSummary>();
        for (RecordedSession session : sessions) {
            summaries.add(SessionSummary.of(session));
        }
        return summaries;
    }

    private static TextTable table(List<SessionSummary> summaries) {
        var table = new TextTable(
                ">session",
                "began",
                "client",
                "user",
                "database",
                ">statements",
                ">messages",
                ">bytes",
                "end",
                "state");
        for (SessionSummary summary : summaries) {
            table.row(
                    summary.number(),
                    seconds(summary.time()),
                    summary.client(),
                    summary.user(),
                    summary.database(),
                    summary.statements(),
                    summary.messages(),
                    summary.bytes(),
                    end(summary),
                    word(summary.state()) + (summary.edited() ? ", edited" : ""));
        }
        return table;
    }

    private static String seconds(@Nullable Instant time) {
        return time == null ? "?" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String end(SessionSummary summary) {
        return summary.how() == null || summary.by() == null ? "-" : word(summary.how()) + " by " + word(summary.by());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(SessionSummary summary) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("session", summary.number());
        fields.put("began", summary.time() == null ? null : summary.time().toString());
        fields.put("client", summary.client());
        fields.put("server", summary.server());
        fields.put("user", summary.user());
        fields.put("database", summary.database());
        fields.put("statements", summary.statements());
        fields.put("messages", summary.messages());
        fields.put("bytes", summary.bytes());
        fields.put("end", summary.how() == null ? null : word(summary.how()));
        fields.put("endedBy", summary.by() == null ? null : word(summary.by()));
        fields.put("state", word(summary.state()));
        fields.put("edited", summary.edited());
        return fields;
    }
}
