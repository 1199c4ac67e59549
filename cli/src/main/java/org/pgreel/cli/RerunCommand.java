package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.recorder.encryption.EncryptedFile;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.SessionNotPackedException;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.rerun.Rerun;
import org.pgreel.replay.rerun.RerunResult;
import org.pgreel.replay.rerun.RerunSettings;
import org.pgreel.replay.source.UnplayableException;
import org.pgreel.replay.volatility.Volatility;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel rerun}: says what recorded clients said to a live server, and compares what it answers. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Sends what recorded clients sent to a live server, and compares its answers with the recorded ones, by "
                    + "meaning as diff does: whether a tape still holds, and what a server's upgrade changes.",
            "The database should be as it was when the recording began. Exit status 1 if behaviour differs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel rerun orders.pgreel --upstream 127.0.0.1:5432",
            "  pgreel rerun orders.pgreel --upstream new.example.org:5432 --user ada --password-file secret",
            "  pgreel rerun orders.pgreel --upstream 127.0.0.1:5432 --update"
        })
final class RerunCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "RECORDING",
            converter = RecordingName.Converter.class,
            description = "A journal's directory or a tape; RECORDING#S is its session S.")
    private RecordingName recording = new RecordingName(Path.of("recording"), null, null);

    @Mixin
    private UpstreamOptions upstream = new UpstreamOptions();

    @Mixin
    private UpstreamLoginOptions login = new UpstreamLoginOptions();

    @Option(
            names = "--volatile",
            paramLabel = "FILE",
            description = "What differs from run to run, as for 'replay --volatile': a parameter of a family, as in "
                    + "$1=<int:id>, is sent as what the live server gave in the recorded value's place.")
    private @Nullable Path volatileFile;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long the server may take for an answer that was recorded. Default: 30.")
    private int patience = (int) RerunSettings.PATIENCE.toSeconds();

    @Option(
            names = "--update",
            description = "Replace the tape by what was recorded of this run, for the same clients; the exit status is "
                    + "then 0 if every session was run to its end.")
    private boolean update;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write what was recorded of this run as a tape; replaced if it is there.")
    private @Nullable Path file;

    @Option(names = "--all", description = "Print benign differences too.")
    private boolean all;

    @Option(
            names = "--encrypt",
            description =
                    "Encrypt the tape that is written with the key of --key-file or --key-env (docs/tapes.md); one that "
                            + "replaces an encrypted tape always is.")
    private boolean encrypt;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        format.applyTo(output);
        Path tape = tape();
        var settings = settings();
        RerunResult result = run(settings);
        Path written = result.failures().isEmpty() ? tape : null;
        PrintWriter out = spec.commandLine().getOut();
        // Said before the tape is replaced from which the recorded messages are read.
        if (output.json) {
            out.println(Json.line(document(result, written)));
        } else {
            print(result, out);
        }
        if (written != null) {
            write(result, written);
        }
        if (tape != null && !output.json) {
            out.println(
                    written != null
                            ? "written to " + written
                            : "no tape was written, for not every session was run to its end");
        }
        out.flush();
        return result.same() || update && written != null ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private @Nullable Path tape() {
        if (!update) {
            return file;
        }
        if (file != null) {
            throw CommandFailedException.usage("--update replaces the tape itself; give it or -o FILE, not both");
        }
        if (Files.isDirectory(recording.path()) || recording.session() != null) {
            throw CommandFailedException.usage("--update replaces a whole tape, and " + recording.path()
                    + (recording.session() == null ? " is a journal" : "#" + recording.session() + " is one session")
                    + "; write another tape with -o FILE");
        }
        return recording.path();
    }

    private RerunSettings settings() {
        if (patience < 1) {
            throw CommandFailedException.usage("--patience is " + patience + "; give at least 1 second");
        }
        upstream.tls();
        return new RerunSettings(
                () -> login.connect(upstream), login.user, login.database, Duration.ofSeconds(patience), volatility());
    }

    private Volatility volatility() {
        if (volatileFile == null) {
            return Volatility.NONE;
        }
        try {
            return Volatility.parse(Files.readString(volatileFile));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(volatileFile + " cannot be read: " + Failures.what(e), e);
        } catch (NotationException e) {
            throw CommandFailedException.inputOutput(volatileFile + ": " + e.getMessage(), e);
        }
    }

    private RerunResult run(RerunSettings settings) throws InterruptedException {
        try {
            Rerun rerun = Rerun.of(RecordingsOptions.indexedSessions(recording, key, output));
            try (TapeProgress progress = TapeProgress.of("rerun", output, rerun.steps())) {
                return rerun.run(settings, done -> progress.step());
            }
        } catch (UnplayableException | JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private void write(RerunResult result, Path tape) {
        boolean text = tape.toString().endsWith(".pgreel");
        try {
            var pack = new TapePack(text ? TapeForm.TEXT : TapeForm.BINARY);
            if (encrypt || update && EncryptedFile.is(tape)) {
                pack.encryptedWith(key.key());
            }
            pack.write(result.live(), tape);
        } catch (SessionNotPackedException e) {
            throw CommandFailedException.check(Failures.what(e));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the tape " + tape + " cannot be written: " + Failures.what(e), e);
        }
    }

    private static Map<String, Object> document(RerunResult result, @Nullable Path tape) {
        var document = new LinkedHashMap<String, Object>();
        document.put("same", result.same());
        document.put("recorded", result.recordedVersions());
        document.put("live", result.liveVersions());
        document.put("failures", result.failures());
        document.put("leftOut", result.leftOut());
        document.put("tape", tape == null ? null : tape.toString());
        DiffDocument.of(result.diff()).forEach(document::putIfAbsent);
        return document;
    }

    private void print(RerunResult result, PrintWriter out) {
        out.println("recorded from PostgreSQL " + versions(result.recordedVersions()) + ", run again on "
                + (result.liveVersions().isEmpty() ? "nothing" : versions(result.liveVersions())));
        new DiffText(out, all, output.paint()).print(result.diff(), recording.path(), Path.of("live"));
        result.failures().forEach(failure -> out.println(output.paint().bad(failure)));
        result.leftOut().forEach(out::println);
    }

    private static String versions(List<String> versions) {
        return versions.isEmpty() ? "of unknown version" : String.join(" and ", versions);
    }
}
