package org.pgreel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.sweep.ForeignSession;
import org.pgreel.scenarios.sweep.RecordedScenario;

/** Finds what a sweep is to play: scenarios of the catalogue, files, and recorded sessions. */
final class SweptSessions {
    private final TapeKeyOptions key;
    private final OutputOptions output;

    SweptSessions(TapeKeyOptions key, OutputOptions output) {
        this.key = key;
        this.output = output;
    }

    /**
     * Returns a scenario for each word.
     *
     * @throws CommandFailedException if one names none, cannot be read, or cannot be swept
     */
    List<Scenario> named(List<String> words) {
        var scenarios = new ArrayList<Scenario>();
        for (String word : words) {
            if (word.indexOf('#') >= 0) {
                scenarios.add(recorded(new RecordingName.Converter().convert(word)));
            } else {
                for (ServedScript script : ServedScript.named(List.of(word))) {
                    scenarios.add(ScenariosCommand.requireScenario(script.name(), script.scenario()));
                }
            }
        }
        return scenarios;
    }

    /**
     * Returns a recorded session as it is played to the program that it was recorded of.
     *
     * @throws CommandFailedException if the word names none, or it cannot be played
     */
    ForeignSession replayed(String word) {
        try {
            return ForeignSession.of(session(new RecordingName.Converter().convert(word)));
        } catch (org.pgreel.replay.source.UnplayableException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private RecordedSession session(RecordingName name) {
        Integer number = name.session();
        if (number == null || name.message() != null) {
            throw CommandFailedException.usage("a whole session is swept; name it as in orders#2");
        }
        Recording recording = RecordingOptions.openIndexed(name.path(), key, output);
        RecordedSession session = RecordingOptions.session(recording, number, name.path());
        if (session.state() == SessionState.DAMAGED || session.state() == SessionState.PARTIAL) {
            throw CommandFailedException.usage("session " + number + " of " + name.path() + " is not whole");
        }
        return session;
    }

    private Scenario recorded(RecordingName name) {
        RecordedSession session = session(name);
        try {
            return RecordedScenario.of(nameOf(name.path()) + "-" + session.number(), session);
        } catch (UnplayableException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    /** A scenario's name is made of small letters, digits and hyphens. */
    private static String nameOf(Path path) {
        String file = String.valueOf(path.getFileName()).replaceFirst("\\.[a-z]+$", "");
        String name =
                file.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.isEmpty() ? "session" : name;
    }
}
