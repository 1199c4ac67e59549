package org.pgreel.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel report}: writes a recording as one page of HTML, to be read, searched and sent. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a recording as one page of HTML that needs nothing else: both sides, each message in full, and where the "
                    + "session stood behind it.",
            "What the page shows is what was recorded, secrets masked; data of statements and rows is in it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel report orders -o orders.html", "  pgreel report orders#2 -o second.html"})
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The page; one that is there is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "How many messages and events of a session the page holds at most; it says what it leaves out. "
                            + "Default: ${DEFAULT-VALUE}.")
    private int rows = 20_000;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (rows < 1) {
            throw CommandFailedException.usage("--rows is at least 1");
        }
        RecordingName name = recording.name();
        Recording opened = recording.open();
        List<RecordedSession> sessions = name.session() == null
                ? opened.sessions()
                : List.of(RecordingOptions.session(opened, name.session(), name.path()));
        boolean damaged = write(name, sessions);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("file", file.toString());
            document.put("sessions", sessions.size());
            out.println(Json.line(document));
        } else {
            out.println(file + ": " + (sessions.size() == 1 ? "1 session" : sessions.size() + " sessions"));
        }
        out.flush();
        return damaged ? ExitStatus.CHECK_FAILED : ExitStatus.DONE;
    }

    /** Writes the page under another name first, so that a half one is never found; returns whether a session is damaged. */
    private boolean write(RecordingName name, List<RecordedSession> sessions) {
        Path whole = file.toAbsolutePath();
        Path unfinished = whole.resolveSibling("." + whole.getFileName() + ".unfinished");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                boolean damaged = new ReportPage(out, rows)
                        .write(String.valueOf(name.path().getFileName()), sessions);
                out.flush();
                Files.move(unfinished, whole, StandardCopyOption.REPLACE_EXISTING);
                return damaged;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be written: " + Failures.what(e), e);
        }
    }
}
