package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.FaultMoments;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.script.FaultRemedy;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import picocli.CommandLine.Option;

/** Faults that are laid over a recording: lines of the notation, from the command line or a file. */
final class FaultOptions {

    @Option(
            names = "--fault",
            paramLabel = "LINE",
            description =
                    "Break the wire at an exact place: a ! line of the notation, such as 'lost: swallow, reset @ B "
                            + "CommandComplete \"COMMIT\"'. May be given several times.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--never",
            paramLabel = "LINE",
            description = "What clients must not send: a never line of the notation, such as 'after lost statement "
                    + "<regex \"(?i)insert .*\">'. May be given several times.")
    private List<String> nevers = new ArrayList<>();

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "A file of such lines, each beginning with ! or never.")
    private @Nullable Path file;

    /** Tells whether there are any. */
    boolean any() {
        return !faults.isEmpty() || !nevers.isEmpty() || file != null;
    }

    /**
     * Returns them as a script.
     *
     * @param beside what they are laid over
     * @throws CommandFailedException wrong usage: a line cannot be read, or a fault can never fire
     */
    Script overlay(RecordingBeside beside) {
        String named = file == null ? "" : text(file);
        var lines = new ArrayList<String>(named.lines().toList());
        int inFile = lines.size();
        faults.forEach(line -> lines.add(line.strip().startsWith("!") ? line : "! " + line));
        nevers.forEach(line -> lines.add(line.strip().startsWith("never") ? line : "never " + line));
        try {
            Script overlay = parsed(lines, inFile);
            FaultMoments.check(overlay, beside);
            return overlay;
        } catch (NotationException e) {
            throw CommandFailedException.usage(where(e, lines, inFile));
        }
    }

    /** What cannot be read as a fault is told with one that can. */
    private Script parsed(List<String> lines, int inFile) {
        try {
            Script overlay = Script.parse(String.join("\n", lines) + "\n");
            overlay.lines().forEach(FaultOptions::requireOverlay);
            return overlay;
        } catch (NotationException e) {
            String line = e.line() >= 1 && e.line() <= lines.size()
                    ? lines.get(e.line() - 1).strip()
                    : "";
            String remedy = line.startsWith("never") ? "" : "; write: " + FaultRemedy.of(line);
            throw CommandFailedException.usage(where(e, lines, inFile) + remedy);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the faults " + file + " cannot be read: " + Failures.what(e), e);
        }
    }

    private static void requireOverlay(ScriptLine line) {
        boolean fits = line.step() == null
                || line.step() instanceof Step.FaultLine
                || line.step() instanceof Step.Never
                || line.step() instanceof Step.Note;
        if (!fits) {
            throw new NotationException(
                    line.number(), line.column(), "what is laid over a recording begins with ! or never");
        }
    }

    private String where(NotationException e, List<String> lines, int inFile) {
        if (e.line() <= inFile || e.line() > lines.size()) {
            return (file == null ? "" : file + ": ") + e.getMessage();
        }
        return "'" + lines.get(e.line() - 1) + "', column " + e.column() + ": " + e.problem();
    }
}
