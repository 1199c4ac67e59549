package org.pgreel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether a tape is played, or recorded first, as a whole. */
final class ReplayModeOptions {

    /** What becomes of the tape. */
    enum Mode {
        /** It is played. */
        REPLAY,
        /** It is played, or recorded if it is not there. */
        RECORD_MISSING,
        /** It is recorded, and replaces the one that is there. */
        RECORD
    }

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            description =
                    "replay; record-missing (if the tape is not there, it is recorded from --upstream instead; with --match "
                            + "exchange, runs whose statements are not on it are, and are appended); or record (it is "
                            + "recorded anew). It is written when COMMAND has succeeded. Default: replay.")
    private Mode mode = Mode.REPLAY;

    @Mixin
    private UpstreamMissing upstream = new UpstreamMissing();

    /**
     * Returns the tape that is to be recorded now; null if the recordings are played.
     *
     * @throws CommandFailedException wrong usage: what is named is no single tape, or there is no server to record from
     */
    @Nullable
    Path toRecord(List<RecordingName> recordings) {
        if (mode == Mode.REPLAY) {
            if (upstream.address != null) {
                throw CommandFailedException.usage("--upstream is for --mode record-missing or record");
            }
            return null;
        }
        Path tape = recordings.get(0).path();
        String name = tape.toString();
        boolean single = recordings.size() == 1 && recordings.get(0).session() == null;
        if (!single || !(name.endsWith(".pgreel") || name.endsWith(".tape")) || Files.isDirectory(tape)) {
            throw CommandFailedException.usage(
                    "--mode " + word(mode) + " records one tape; name a single .pgreel or .tape");
        }
        if (mode == Mode.RECORD_MISSING && Files.exists(tape)) {
            return null;
        }
        if (upstream.address == null) {
            throw CommandFailedException.usage((mode == Mode.RECORD ? "" : "the tape " + tape + " is not there: ")
                    + "give --upstream HOST:PORT to record it from");
        }
        return tape;
    }

    /**
     * Returns what records runs that are missing on a tape that is there; null if nothing does.
     *
     * @param key with which the tape is encrypted, if it is
     */
    @Nullable
    MissingRuns missingRuns(List<RecordingName> recordings, TapeKeyOptions key) {
        if (mode != Mode.RECORD_MISSING || upstream.address == null) {
            return null;
        }
        upstream.connect();
        return new MissingRuns(recordings.get(0).path(), upstream, key);
    }

    /**
     * Records the tape, and puts it in its place if all went well.
     *
     * @param pgreel the command line to which {@code record} belongs
     * @param words the program to record; null until the server is told to stop
     * @return the exit status of {@code record}
     */
    int record(
            CommandLine pgreel,
            Path tape,
            ListenOptions listening,
            OutputOptions output,
            @Nullable List<String> words) {
        try (var draft = new TapeDraft(tape)) {
            int status = pgreel.execute(recording(draft.path(), listening, output, words));
            if (status == ExitStatus.DONE) {
                draft.takesItsPlace();
            }
            return status;
        }
    }

    private String[] recording(Path made, ListenOptions listening, OutputOptions output, @Nullable List<String> words) {
        var arguments = new ArrayList<>(List.of("record", "--upstream", String.valueOf(upstream.address), "--tape"));
        arguments.addAll(List.of(made.toString(), "--listen", listening.listen.toString()));
        if (upstream.sslMode != null) {
            arguments.addAll(List.of("--upstream-sslmode", upstream.sslMode));
        }
        if (listening.readyFile != null) {
            arguments.addAll(List.of("--ready-file", listening.readyFile.toString()));
        }
        if (output.json) {
            arguments.add("--json");
        }
        if (output.quiet) {
            arguments.add("--quiet");
        }
        if (words != null) {
            arguments.add("--");
            arguments.addAll(words);
        }
        return arguments.toArray(String[]::new);
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the modes' words. */
    static final class ModeConverter implements ITypeConverter<Mode> {

        @Override
        public Mode convert(String value) {
            for (Mode mode : Mode.values()) {
                if (word(mode).equals(value)) {
                    return mode;
                }
            }
            throw new TypeConversionException("'" + value + "' is not one of replay, record-missing, record");
        }
    }
}
