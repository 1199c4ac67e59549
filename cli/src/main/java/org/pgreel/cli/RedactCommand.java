package org.pgreel.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.redaction.RedactionRun;
import org.pgreel.recorder.redaction.RedactionTouch;
import org.pgreel.recorder.tape.TapeForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel redact}: puts recorded sessions onto a tape with values replaced by pseudonyms, or shows which would be. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = {
            "Puts recorded sessions onto a tape with the values that the rules name replaced by pseudonyms of the same form "
                    + "and length, and says what each rule touched.",
            "Replay the tape with --match exchange and the same --redact: what clients send is then replaced likewise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel redact orders --rules rules.yaml --dry-run",
            "  pgreel redact orders --rules rules.yaml --redact-key-file key -o orders.tape"
        })
final class RedactCommand implements Callable<Integer> {

    @Mixin
    private RecordingsOptions recordings = new RecordingsOptions();

    @Option(
            names = "--encrypt",
            description = "Encrypt the tape with the key of --key-file or --key-env (docs/tapes.md).")
    private boolean encrypt;

    @Mixin
    private RedactionOptions redaction = new RedactionOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The tape; replaced if it is there. Text if it ends in .pgreel.")
    private @Nullable Path file;

    @Option(names = "--dry-run", description = "Write nothing; say what the rules would touch.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path tape = file;
        if ((tape == null) != dryRun) {
            throw CommandFailedException.usage("say where to with -o FILE, or give --dry-run");
        }
        Redaction asked = redaction.redaction();
        if (asked == null) {
            throw CommandFailedException.usage("no rules were named; give --rules FILE");
        }
        List<RecordedSession> sessions = recordings.indexedSessions(output);
        RedactionRun run = asked.run();
        boolean text = tape != null && tape.toString().endsWith(".pgreel");
        TapePack pack = new TapePack(text ? TapeForm.TEXT : TapeForm.BINARY).redactedBy(run);
        if (encrypt) {
            pack.encryptedWith(recordings.key().key());
        }
        try {
            if (tape == null) {
                pack.write(sessions, OutputStream.nullOutputStream());
            } else {
                pack.write(sessions, tape);
            }
        } catch (SessionNotPackedException | RedactionException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the tape " + tape + " cannot be written: " + Failures.what(e), e);
        }
        tell(run);
        return ExitStatus.DONE;
    }

    private void tell(RedactionRun run) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("tape", file == null ? null : file.toString());
            document.put("rules", run.touches());
            document.put("warnings", run.warnings());
            out.println(Json.line(document));
        } else {
            TextTable table = new TextTable("rule", ">values", ">kept", ">messages", "first");
            for (RedactionTouch touch : run.touches()) {
                table.row(
                        touch.rule(),
                        Long.toString(touch.values()),
                        Long.toString(touch.kept()),
                        Long.toString(touch.places()),
                        touch.first().isEmpty() ? "-" : touch.first());
            }
            table.print(out);
            run.warnings().forEach(out::println);
        }
        out.flush();
    }
}
