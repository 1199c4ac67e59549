package org.pgreel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recordings a command reads, one or several. */
final class RecordingsOptions {

    @Parameters(
            arity = "0..*",
            paramLabel = "RECORDING",
            converter = RecordingName.Converter.class,
            description = "A journal's directory or a tape, or several; RECORDING#S is its session S.")
    private List<RecordingName> recordings = new ArrayList<>();

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            converter = RecordingName.Converter.class,
            description = "The same as RECORDING, spelled out. May be given more than once.")
    private List<RecordingName> journals = new ArrayList<>();

    @Option(
            names = "--tape",
            paramLabel = "FILE",
            converter = RecordingName.Converter.class,
            description = "The same as RECORDING, spelled out. May be given more than once.")
    private List<RecordingName> tapes = new ArrayList<>();

    @Mixin
    private TapeKeyOptions key = new TapeKeyOptions();

    /** Returns what was named, in the order of the command line: journals, then tapes, if they are spelled out. */
    List<RecordingName> names() {
        var names = new ArrayList<>(recordings);
        names.addAll(journals);
        names.addAll(tapes);
        if (names.isEmpty()) {
            throw CommandFailedException.usage(
                    "no recording was named; name a journal's directory or a tape, as in --journal DIR or --tape FILE");
        }
        return names;
    }

    /** Returns with which key encrypted tapes are read, and one is written. */
    TapeKeyOptions key() {
        return key;
    }

    /**
     * Opens what was named and returns its sessions.
     *
     * @throws CommandFailedException if there is no such recording or session, or one holds none
     */
    List<RecordedSession> sessions() {
        return sessions(names(), key);
    }

    /** As {@link #sessions()}, by the indexes of the recordings where they have one. */
    List<RecordedSession> indexedSessions(OutputOptions output) {
        return sessions(names(), path -> RecordingOptions.openIndexed(path, key, output));
    }

    /** Opens one recording by its index where it has one, and returns the sessions that its name names. */
    static List<RecordedSession> indexedSessions(RecordingName name, TapeKeyOptions key, OutputOptions output) {
        return sessions(List.of(name), path -> RecordingOptions.openIndexed(path, key, output));
    }

    /** Opens recordings and returns the sessions that their names name. */
    static List<RecordedSession> sessions(List<RecordingName> names, TapeKeyOptions key) {
        return sessions(names, path -> RecordingOptions.open(path, key));
    }

    private static List<RecordedSession> sessions(List<RecordingName> names, Function<Path, Recording> open) {
        Map<Path, Recording> opened = new HashMap<>();
        var sessions = new ArrayList<RecordedSession>();
        for (RecordingName name : names) {
            Recording recording = opened.computeIfAbsent(name.path(), open);
            if (recording.sessions().isEmpty()) {
                throw CommandFailedException.inputOutput(
                        "the recording " + name.path() + " holds no session; record one with 'pgreel record'", null);
            }
            if (name.session() == null) {
                sessions.addAll(recording.sessions());
            } else {
                sessions.add(RecordingOptions.session(recording, name.session(), name.path()));
            }
        }
        return sessions;
    }
}
