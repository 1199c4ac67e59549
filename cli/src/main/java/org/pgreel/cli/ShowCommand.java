package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.projection.TranscriptProjection;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel show}: prints recorded sessions as transcripts. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a recorded session as a transcript: one line a message, F from the frontend, B from the backend.",
            "Secrets were overwritten when they were recorded and print as <secret:N>, N bytes long."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel show orders#2",
            "  pgreel show orders#2 --times --from 40 --to 60",
            "  pgreel show orders --follow"
        })
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--times",
            description = "Begin each message with its number and the seconds since the session began.")
    private boolean times;

    @Option(names = "--chunks", description = "Mark where each read or write ended, with '|'.")
    private boolean chunks;

    @Option(
            names = "--hex",
            description = "Print the bytes of each message behind it, in comments; secrets are overwritten.")
    private boolean hex;

    @Option(
            names = "--follow",
            description = "Go on with what is recorded meanwhile, until SIGINT. Without #S all sessions are followed.")
    private boolean follow;

    @Option(
            names = "--until-closed",
            description = "With --follow: end when the session that is followed, or all that were seen, are over.")
    private boolean untilClosed;

    @Option(names = "--from", paramLabel = "N", description = "The first message to print. Default: 1.")
    private long from = 1;

    @Option(names = "--to", paramLabel = "N", description = "The last message to print. Default: the last one.")
    private long to = Long.MAX_VALUE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        RecordingName name = recording.name();
        if (follow) {
            return new ShowFollowing(spec.commandLine(), output, detail(name)).run(name, untilClosed);
        }
        if (untilClosed) {
            throw CommandFailedException.usage("--until-closed is for --follow");
        }
        Recording opened = recording.openIndexed(output);
        Integer number = name.session();
        List<RecordedSession> sessions =
                number == null ? opened.sessions() : List.of(RecordingOptions.session(opened, number, name.path()));
        int status = ExitStatus.DONE;
        for (RecordedSession session : sessions) {
            status = Math.max(status, show(session, detail(name), sessions.size() > 1));
        }
        return status;
    }

    private TranscriptProjection.Detail detail(RecordingName name) {
        Long message = name.message();
        if (from < 1 || to < from) {
            throw CommandFailedException.usage(
                    "--from and --to are numbers of messages, from 1, the first not behind the last");
        }
        return message == null
                ? new TranscriptProjection.Detail(times, chunks, from, to, hex)
                : new TranscriptProjection.Detail(times, chunks, message, message, hex);
    }

    private int show(RecordedSession session, TranscriptProjection.Detail detail, boolean titled) {
        PrintWriter out = spec.commandLine().getOut();
        var text = new StringBuilder();
        String damage = "";
        Paint paint = output.paint();
        if (titled && !output.json) {
            out.println(paint.faint("# session " + session.number()));
        }
        if (session.edited() && !output.json) {
            out.println(paint.faint("# edited since it was written"));
        }
        try {
            TranscriptProjection.write(session, output.json ? text : paint.transcript(out), detail);
        } catch (JournalDamagedException e) {
            damage = Failures.what(e);
        }
        if (output.json) {
            out.println(json(session, text, damage));
        }
        out.flush();
        if (!damage.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pgreel: " + damage);
            err.flush();
        }
        return damage.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private static String json(RecordedSession session, StringBuilder transcript, String damage) {
        var document = new LinkedHashMap<String, Object>();
        document.put("session", session.number());
        document.put("edited", session.edited());
        document.put("transcript", transcript.toString().lines().toList());
        document.put("damage", damage.isEmpty() ? null : damage);
        return Json.line(document);
    }
}
