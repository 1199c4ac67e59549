package org.pgreel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.Tapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel unpack}: brings the sessions of a tape into a journal. */
@Command(
        name = "unpack",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the sessions of tapes into a journal, behind those that it holds.",
            "Each event is there as it was packed; only the ids of sessions are the journal's own."
        },
        footerHeading = "%nExample:%n",
        footer = "  pgreel unpack orders.tape --journal orders")
final class UnpackCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            converter = RecordingName.Converter.class,
            description = "A tape, or several; FILE#S is its session S.")
    private List<RecordingName> tapes = List.of();

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "Where to; made if it is missing, appended to if it is a journal.")
    private Path journal = Path.of("journal");

    @Option(
            names = "--damaged",
            description = "Unpack damaged sessions too, as far as they are good. They stay damaged and are never "
                    + "replayed.")
    private boolean damaged;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<RecordedSession> sessions = RecordingsOptions.sessions(tapes, key);
        long events = 0;
        try {
            var pack = new TapePack(TapeForm.BINARY);
            (damaged ? pack.withDamaged() : pack).requirePackable(sessions);
            events = copy(sessions);
        } catch (SessionNotPackedException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
        tell(sessions.size(), events);
        return ExitStatus.DONE;
    }

    private long copy(List<RecordedSession> sessions) {
        long events = 0;
        try (ChronicleJournal to = ChronicleJournal.open(journal);
                TapeProgress progress = TapeProgress.of("unpack", output, sessions)) {
            for (RecordedSession session : sessions) {
                Iterable<SessionEvent> watched =
                        () -> new WatchedEvents(TapePack.events(session).iterator(), progress);
                events += Tapes.append(watched, to);
            }
        }
        return events;
    }

    private void tell(int sessions, long events) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("journal", journal.toString());
            document.put("sessions", sessions);
            document.put("events", events);
            out.println(Json.line(document));
        } else {
            out.println("the journal " + journal + " got " + (sessions == 1 ? "1 session" : sessions + " sessions")
                    + ", " + events + " events");
        }
        out.flush();
    }
}
