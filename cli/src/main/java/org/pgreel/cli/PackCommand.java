package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.recorder.tape.TapeTotals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel pack}: puts recorded sessions onto a tape, one file that can be carried about. */
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        description = {
            "Puts recorded sessions onto a tape: one file that can lie beside a test. The same sessions give the same "
                    + "bytes, unless they are encrypted.",
            "Secrets of the login are overwritten on it as they are in the recording, and so are passwords in SQL; all else is as confidential as "
                    + "the database."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel pack orders -o orders.tape",
            "  pgreel pack orders#2 --text -o second.pgreel",
            "  pgreel pack monday.tape tuesday.tape -o both.tape",
            "  pgreel pack orders --encrypt --key-file tape.key -o orders.tape"
        })
final class PackCommand implements Callable<Integer> {

    @Mixin
    private RecordingsOptions recordings = new RecordingsOptions();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The tape; replaced if it is there.")
    private Path file = Path.of("sessions.tape");

    @Option(
            names = "--text",
            description =
                    "Write text, which diffs well. Otherwise the tape is compressed, unless FILE ends in " + ".pgreel.")
    private boolean text;

    @Option(
            names = "--damaged",
            description = "Pack damaged sessions too, as far as they are good. They stay damaged and are never "
                    + "replayed.")
    private boolean damaged;

    @Option(
            names = "--exact-times",
            description = "Keep the nanoseconds of times. Otherwise the tape holds microseconds and is half as long.")
    private boolean exactTimes;

    @Option(
            names = "--encrypt",
            description = "Encrypt the tape with the key of --key-file or --key-env (docs/tapes.md).")
    private boolean encrypt;

    @Mixin
    private RedactionOptions redaction = new RedactionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Redaction redacted = redaction.redaction();
        List<RecordedSession> sessions = recordings.indexedSessions(output);
        boolean asText = text || file.toString().endsWith(".pgreel");
        var pack = new TapePack(asText ? TapeForm.TEXT : TapeForm.BINARY);
        if (damaged) {
            pack.withDamaged();
        }
        if (encrypt) {
            pack.encryptedWith(recordings.key().key());
        }
        if (exactTimes) {
            pack.withExactTimes();
        }
        RedactionRun run = redacted == null ? null : redacted.run();
        if (run != null) {
            pack.redactedBy(run);
        }
        TapeTotals totals;
        try (TapeProgress progress = TapeProgress.of("pack", output, sessions)) {
            totals = pack.progress(event -> progress.step()).write(sessions, file);
        } catch (SessionNotPackedException | RedactionException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the tape " + file + " cannot be written: " + Failures.what(e), e);
        }
        if (run != null) {
            warn(run.warnings());
        }
        tell(totals, asText);
        return ExitStatus.DONE;
    }

    private void warn(List<String> warnings) {
        PrintWriter err = spec.commandLine().getErr();
        warnings.forEach(warning -> err.println("pgreel: " + warning));
        err.flush();
    }

    private void tell(TapeTotals totals, boolean asText) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("tape", file.toString());
            document.put("form", asText ? "text" : "binary");
            document.put("sessions", totals.sessions());
            document.put("events", totals.events());
            document.put("bytes", totals.bytes());
            document.put("sha256", totals.sha256());
            out.println(Json.line(document));
        } else {
            out.println(file + ": " + (totals.sessions() == 1 ? "1 session" : totals.sessions() + " sessions") + ", "
                    + totals.events() + " events, " + totals.bytes() + " bytes, sha256 " + totals.sha256());
        }
        out.flush();
    }
}
