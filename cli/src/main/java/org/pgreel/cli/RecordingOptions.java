package org.pgreel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.projection.ConnectionsFolding;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recording a command reads. */
final class RecordingOptions {

    @Parameters(
            arity = "0..1",
            paramLabel = "RECORDING",
            converter = RecordingName.Converter.class,
            description = "A journal's directory or a tape; RECORDING#S is its session S.")
    @Nullable
    RecordingName recording;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            converter = RecordingName.Converter.class,
            description = "The same as RECORDING, spelled out.")
    @Nullable
    RecordingName journal;

    @Option(
            names = "--tape",
            paramLabel = "FILE",
            converter = RecordingName.Converter.class,
            description = "The same as RECORDING, spelled out.")
    @Nullable
    RecordingName tape;

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    /** Returns the name of the recording that was given one way or the other. */
    RecordingName name() {
        List<RecordingName> named =
                Stream.of(recording, journal, tape).filter(Objects::nonNull).toList();
        if (named.isEmpty()) {
            throw CommandFailedException.usage(
                    "no recording was named; name a journal's directory or a tape, as in --journal DIR or --tape FILE");
        }
        if (named.size() > 1) {
            throw CommandFailedException.usage(
                    "the recording was named twice; give one of RECORDING, --journal DIR and --tape FILE");
        }
        return named.get(0);
    }

    /** Opens the recording that was named. */
    Recording open() {
        return open(name().path(), key);
    }

    /**
     * Opens a recording for reading.
     *
     * @param path the journal's directory, or the tape
     * @param key with which it is read if it is encrypted
     * @throws CommandFailedException input/output: there is none, or nothing of it can be read
     */
    static Recording open(Path path, TapeKeyOptions key) {
        try {
            return Recordings.open(path, key.keys(), ReadingProgress.NONE);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(String.valueOf(e.getMessage()), e);
        }
    }

    /** Opens the recording that was named, by its index where it has one. */
    Recording openIndexed(OutputOptions output) {
        return openIndexed(name().path(), key, output);
    }

    /** As {@link #open(Path, TapeKeyOptions)}, by the recording's index where it has one; shows on a terminal how far it is. */
    static Recording openIndexed(Path path, TapeKeyOptions key, OutputOptions output) {
        try (ReadingBar bar = new ReadingBar("reading", output)) {
            return Recordings.openIndexed(path, key.keys(), ConnectionsFolding.MAKER, bar);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(String.valueOf(e.getMessage()), e);
        }
    }

    /** As {@link #open()}; shows on a terminal how far it is. */
    Recording open(OutputOptions output) {
        try (ReadingBar bar = new ReadingBar("reading", output)) {
            return Recordings.open(name().path(), key.keys(), bar);
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Finds a session that was named by its number.
     *
     * @throws CommandFailedException wrong usage: there is none of that number
     */
    static RecordedSession session(Recording recording, int number, Path path) {
        return recording.session(number).orElseThrow(() -> {
            int count = recording.sessions().size();
            String there = count == 0
                    ? "it holds none"
                    : count == 1 ? "it holds session 1 only" : "it holds sessions 1 to " + count;
            return CommandFailedException.usage("there is no session " + number + " in " + path + "; " + there);
        });
    }
}
