package org.pgreel.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.FaultMoments;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.script.Script;

/**
 * A tape that an object plays as a whole, and what is laid over it. Immutable.
 *
 * @param file the tape
 * @param overlay faults and prohibitions, a line each
 */
record TapePlan(Path file, List<String> overlay) {

    /** Copies the list. */
    TapePlan {
        overlay = List.copyOf(overlay);
    }

    /** Finds the tape of that name. */
    static TapePlan named(String name) {
        Path file = TapeFiles.find(name);
        if (file == null) {
            throw new ExtensionConfigurationException("PgReel.replay: there is no tape " + TapeFiles.text(name)
                    + "; record it with \"pgreel record --upstream HOST:PORT --tape " + TapeFiles.text(name)
                    + " -- COMMAND\", or with @Replay");
        }
        return new TapePlan(file, List.of());
    }

    /** Takes that file. */
    static TapePlan of(Path file) {
        if (!Files.exists(file)) {
            throw new ExtensionConfigurationException("PgReel.replay: there is no tape " + file);
        }
        return new TapePlan(file, List.of());
    }

    /**
     * Lays a line over it.
     *
     * @throws ExtensionConfigurationException if it is none of the notation, or a fault that can never fire
     */
    TapePlan with(String line) {
        var lines = new ArrayList<>(overlay);
        lines.add(line);
        try {
            Script script = Script.parse(String.join("\n", lines) + "\n");
            FaultMoments.check(script, new RecordingBeside(WholeTapeServed.recording(file), false));
        } catch (NotationException wrong) {
            throw new ExtensionConfigurationException(
                    "PgReel.replay, \"" + line + "\", column " + wrong.column() + ": " + wrong.problem(), wrong);
        }
        return new TapePlan(file, lines);
    }

    ReplayServer server(long seed) {
        return new ReplayServer(new WholeTapeServed(file, overlay, seed));
    }
}
