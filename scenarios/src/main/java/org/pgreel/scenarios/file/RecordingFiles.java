package org.pgreel.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.source.UnplayableException;

/** Finds the recordings that lie beside a scenario: files in its directory or below, or resources. */
interface RecordingFiles {

    /** What is wrong with the recording that a scenario names; the message is a sentence without a place. */
    final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String problem) {
            super(problem);
        }
    }

    /**
     * Reads a recording.
     *
     * @param name as the scenario names it, a path from its own directory
     * @throws UnusableException if there is none, or it cannot be played
     */
    PlayableRecording read(String name) throws UnusableException;

    /** Returns those beside a file. */
    static RecordingFiles beside(Path scenario) {
        return name -> playable(scenario.toAbsolutePath().resolveSibling(below(name)), name);
    }

    /**
     * Returns those beside a resource.
     *
     * @param resource the scenario's own name, as resources are named
     */
    static RecordingFiles besideResource(ClassLoader loader, String resource) {
        String directory = resource.substring(0, resource.lastIndexOf('/') + 1);
        return name -> {
            try (InputStream in = loader.getResourceAsStream(directory + below(name))) {
                if (in == null) {
                    throw missing(name);
                }
                Path copy = Files.createTempFile("pgreel-recording", ".tape");
                try {
                    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                    return playable(copy, name);
                } finally {
                    Files.deleteIfExists(copy);
                }
            } catch (IOException e) {
                throw new UnusableException("the recording " + name + " cannot be read: " + e.getMessage());
            }
        };
    }

    private static UnusableException missing(String name) {
        return new UnusableException("there is no recording " + name + " beside the scenario");
    }

    private static String below(String name) throws UnusableException {
        Path path = Path.of(name);
        if (path.isAbsolute() || path.normalize().startsWith("..")) {
            throw new UnusableException("a recording lies in the scenario's own directory or below");
        }
        return name;
    }

    private static PlayableRecording playable(Path file, String name) throws UnusableException {
        if (!Files.exists(file)) {
            throw missing(name);
        }
        try {
            Recording recording = Recordings.open(file);
            return RecordingSource.read(recording);
        } catch (JournalException | UnplayableException e) {
            throw new UnusableException("the recording cannot be played: " + e.getMessage());
        }
    }
}
