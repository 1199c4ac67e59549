package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.Fold;
import org.pgreel.recorder.projection.LinesProjection;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgreel state}: shows where a recorded session stood behind one of its messages. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a recorded session stood behind one of its messages: phase, transaction status, parameters, "
                    + "prepared statements, portals, what was pending, COPY, channels.",
            "Messages bear the numbers that 'pgreel show --times' prints. Without one, it is the end of the session."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel state orders#2@40", "  pgreel state orders#2 --json"})
final class StateCommand implements Callable<Integer> {

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RecordingName name = recording.name();
        RecordedSession session = session(name);
        Long message = name.message();
        if (message != null && message < 1) {
            throw CommandFailedException.usage("messages are numbered from 1");
        }
        var damages = new ArrayList<String>(1);
        Fold<Connections> fold = Fold.ofConnections(session, message == null ? Long.MAX_VALUE : message, damages::add);
        String damage = String.join("", damages);
        requireReached(fold, session, message, damage);
        PrintWriter out = spec.commandLine().getOut();
        RecordedMessage last = fold.lastTaken();
        String line = last == null ? "" : LinesProjection.line(last);
        if (output.json) {
            out.println(Json.line(StateDocument.of(session.number(), fold.state(), line)));
        } else {
            new StateText(out).print(session.number(), fold.state(), line);
        }
        out.flush();
        if (message == null && !damage.isEmpty()) {
            throw CommandFailedException.check("this is where it stood before it is damaged: " + damage);
        }
        return ExitStatus.DONE;
    }

    private RecordedSession session(RecordingName name) {
        Recording opened = recording.openIndexed(output);
        Integer number = name.session();
        if (number != null) {
            return RecordingOptions.session(opened, number, name.path());
        }
        List<RecordedSession> sessions = opened.sessions();
        if (sessions.size() != 1) {
            throw CommandFailedException.usage("name a session of " + name.path() + ", as in " + name.path()
                    + "#1@N for behind its message N; it holds " + sessions.size() + " sessions");
        }
        return sessions.get(0);
    }

    private static void requireReached(
            Fold<Connections> fold, RecordedSession session, @Nullable Long message, String damage) {
        if (message == null || fold.reached()) {
            return;
        }
        if (!damage.isEmpty()) {
            throw CommandFailedException.check("message " + message + " cannot be reached: " + damage);
        }
        long count = fold.messageCount();
        throw CommandFailedException.usage("there is no message " + message + " in session " + session.number()
                + ", which has " + (count == 1 ? "1 message" : count + " messages"));
    }
}
