package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pgreel.recorder.chronicle.RetiredLog;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.recorder.verify.SessionVerdict;
import org.pgreel.recorder.verify.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel verify}: reads a whole recording and says whether it is as it was recorded. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that a recording is as it was recorded: every event is there once, in order and unchanged.",
            "It detects damage, not forgery. A session without its end is 'open': still going on, or its recorder died.",
            "What 'record' retired by its limits is told, and is no damage."
        },
        footerHeading = "%nExample:%n",
        footer = "  pgreel verify --journal orders")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--complete", description = "Let a session without its end fail, too.")
    private boolean complete;

    @Spec
    private CommandSpec spec;

    /** The sessions of a text tape whose lines were changed since it was written; known when it was read. */
    private final Set<Integer> edited = new HashSet<>();

    @Override
    public Integer call() {
        RecordingName name = recording.name();
        Verification verification = verification(name);
        boolean good = complete ? verification.complete() : verification.sound();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(document(name, verification, good)));
        } else {
            print(verification, good, out);
            RetiredLog.Total retired = RetiredLog.read(name.path());
            if (retired.files() > 0) {
                out.println(retired.sentence());
            }
        }
        out.flush();
        return good ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private Verification verification(RecordingName name) {
        Recording opened = recording.open(output);
        opened.sessions().stream()
                .filter(RecordedSession::edited)
                .map(RecordedSession::number)
                .forEach(edited::add);
        Integer number = name.session();
        if (number == null) {
            return opened.verification();
        }
        RecordingOptions.session(opened, number, name.path());
        return new Verification(
                List.of(opened.verification().sessions().get(number - 1)),
                opened.verification().findings());
    }

    private void print(Verification verification, boolean good, PrintWriter out) {
        Paint paint = output.paint();
        long open = 0;
        for (SessionVerdict verdict : verification.sessions()) {
            boolean isOpen = verdict.state() == SessionState.OPEN;
            open += isOpen ? 1 : 0;
            boolean wasEdited = edited.contains(verdict.number());
            if (wasEdited || verdict.state() != SessionState.WHOLE) {
                String line = verdict.line() + (wasEdited ? "; edited since it was written" : "");
                out.println(verdict.state() == SessionState.DAMAGED ? paint.bad(line) : line);
            }
        }
        verification.findings().forEach(finding -> out.println(paint.bad(finding)));
        int count = verification.sessions().size();
        String sessions = count == 1 ? "1 session" : count + " sessions";
        if (good) {
            out.println(paint.good(
                    "sound: " + sessions + (open == 0 ? ", nothing missing or changed" : ", " + open + " open")));
        } else {
            out.println(paint.bad("not sound: " + sessions + ", see above; a damaged session is never replayed"));
        }
    }

    private Map<String, Object> document(RecordingName name, Verification verification, boolean good) {
        var sessions = new ArrayList<Map<String, Object>>();
        for (SessionVerdict verdict : verification.sessions()) {
            var session = new LinkedHashMap<String, Object>();
            session.put("session", verdict.number());
            session.put("state", verdict.state().name().toLowerCase(Locale.ROOT));
            session.put("edited", edited.contains(verdict.number()));
            session.put("events", verdict.events());
            session.put("bytes", verdict.bytes());
            var bad = verdict.firstBad();
            session.put("badEvent", bad == null ? null : bad.sequence());
            session.put("what", bad == null ? null : bad.what());
            sessions.add(session);
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("recording", name.path().toString());
        document.put("sound", good);
        document.put("sessions", sessions);
        document.put("findings", verification.findings());
        RetiredLog.Total retired = RetiredLog.read(name.path());
        document.put("retiredFiles", retired.files());
        document.put("retiredSessions", retired.sessions());
        document.put("retiredBytes", retired.bytes());
        return document;
    }
}
