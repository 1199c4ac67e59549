package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.recorder.diff.RecordingDiff;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.replay.exchange.DeclaredDifferences;
import org.pgreel.replay.exchange.VolatilityLearner;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.source.UnplayableException;
import org.pgreel.replay.volatility.Volatility;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgreel diff}: compares two recordings or two sessions by meaning. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two recordings, or two sessions, by meaning: what was asked and what came of it.",
            "What changes from run to run by itself (process ids, keys, nonces, OIDs, names of statements, places in the "
                    + "server's source, times) is benign and only counted. Exit status 1 if behaviour differs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgreel diff monday tuesday",
            "  pgreel diff orders#1 orders#2 --all",
            "  pgreel diff first.tape second.tape --volatile-out orders.volatile",
            "  pgreel diff first.tape second.tape third.tape --volatile-out orders.volatile",
            "  pgreel diff first.tape third.tape --volatile orders.volatile"
        })
final class DiffCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "A",
            converter = RecordingName.Converter.class,
            description = "A recording; A#S is its session S.")
    private RecordingName left = new RecordingName(Path.of("a"), null, null);

    @Parameters(
            index = "1",
            paramLabel = "B",
            converter = RecordingName.Converter.class,
            description = "The recording to compare it with; B#S is its session S.")
    private RecordingName right = new RecordingName(Path.of("b"), null, null);

    @Parameters(
            index = "2..*",
            paramLabel = "C",
            arity = "0..*",
            converter = RecordingName.Converter.class,
            description = "With --volatile-out: further recordings of the same run, each compared with A.")
    private List<RecordingName> further = new ArrayList<>();

    @Option(names = "--all", description = "Print benign differences too.")
    private boolean all;

    @Option(
            names = "--volatile-out",
            paramLabel = "FILE",
            description = "Write what differs between equal runs as a file for 'replay --volatile'; replaced if it is "
                    + "there. A person reads it before it is used.")
    @Nullable
    private Path volatileOut;

    @Option(
            names = "--volatile",
            paramLabel = "FILE",
            description =
                    "Compare as 'replay --match exchange --volatile FILE' does, by questions and answers over all "
                            + "connections: exit status 1 if anything differs that the file does not declare.")
    @Nullable
    private Path volatileFile;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!further.isEmpty() && (volatileOut == null || volatileFile != null)) {
            throw CommandFailedException.usage(
                    "two recordings are compared; more than two teach what differs, with --volatile-out FILE");
        }
        List<RecordedSession> one = RecordingsOptions.indexedSessions(left, key, output);
        List<RecordedSession> other = RecordingsOptions.indexedSessions(right, key, output);
        if (volatileFile != null) {
            return declared(one, other, volatileFile);
        }
        boolean same = same(one, other, right);
        List<List<RecordedSession>> runs = new ArrayList<>(List.of(one, other));
        for (RecordingName name : further) {
            List<RecordedSession> another = RecordingsOptions.indexedSessions(name, key, output);
            same &= same(one, another, name);
            runs.add(another);
        }
        learn(runs);
        return same ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    /** Prints in what two recordings differ, and tells whether it is nothing but what is benign. */
    private boolean same(List<RecordedSession> one, List<RecordedSession> other, RecordingName name) {
        RecordingDiff diff = RecordingDiff.of(one, other);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(DiffDocument.of(diff)));
        } else {
            new DiffText(out, all, output.paint()).print(diff, left.path(), name.path());
        }
        out.flush();
        boolean damaged =
                diff.sessions().stream().anyMatch(session -> !session.damage().isEmpty());
        return diff.behaviour() == 0 && !damaged;
    }

    private int declared(List<RecordedSession> one, List<RecordedSession> other, Path file) {
        DeclaredDifferences.Result result;
        try {
            result = DeclaredDifferences.between(
                    RecordingSource.read(one), RecordingSource.read(other), Volatility.parse(Files.readString(file)));
        } catch (UnplayableException | JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
        } catch (NotationException e) {
            throw CommandFailedException.inputOutput(file + ": " + e.getMessage(), e);
        }
        var text = new DeclaredText(result);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(Json.line(text.document()));
        } else {
            text.print(out);
        }
        out.flush();
        return result.undeclared().isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private void learn(List<List<RecordedSession>> recordings) {
        Path file = volatileOut;
        if (file == null) {
            return;
        }
        VolatilityLearner.Learnt learnt;
        try {
            learnt = VolatilityLearner.learn(
                    recordings.stream().map(RecordingSource::read).toList());
            Files.writeString(file, learnt.volatility().print());
        } catch (UnplayableException | JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be written: " + Failures.what(e), e);
        }
        PrintWriter err = spec.commandLine().getErr();
        learnt.unlike().forEach(line -> err.println("pgreel: not alike: " + line));
        err.flush();
    }
}
