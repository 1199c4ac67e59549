package org.pgreel.scenarios.file;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Expansion;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;

/**
 * A scenario: what a server does that a client must survive, and how the client may end. Immutable.
 *
 * @param name unique in its catalogue, small letters and digits with hyphens between them
 * @param shows one sentence on what it is about
 * @param origin where it comes from: a CVE, an issue, a test, a sentence of the manual; at least one
 * @param phase the part of a conversation that it is about
 * @param server what holds around the connections
 * @param client what it needs of the client
 * @param recording the recording that is played beside the script, as the file names it; null for none
 * @param match how that recording answers; null for the runner's choice
 * @param outcomes how any program may end, the first being the best; at least one
 * @param within how long a program may take that ends by its own timer; null for the runner's choice
 * @param answers the single values that the statements give
 * @param shown texts of which at least one stands in what the program says of its failure; empty when none is asked for
 * @param hidden texts of which none may stand there
 * @param played that recording, read; null if there is none, or the scenario was read without what lies beside it
 * @param script what the server does, and what our own client is asked and told
 * @param source where it was read from
 */
public record Scenario(
        String name,
        String shows,
        List<String> origin,
        Phase phase,
        ScenarioServer server,
        ScenarioClient client,
        @Nullable String recording,
        @Nullable Matching match,
        Set<Outcome> outcomes,
        @Nullable Duration within,
        List<String> answers,
        List<String> shown,
        List<String> hidden,
        @Nullable RecordingBeside played,
        Script script,
        ScenarioSource source) {
    /** Copies the lists. */
    public Scenario {
        origin = List.copyOf(origin);
        outcomes = Collections.unmodifiableSet(EnumSet.copyOf(outcomes));
        answers = List.copyOf(answers);
        shown = List.copyOf(shown);
        hidden = List.copyOf(hidden);
    }

    /** Returns {@link ScenarioServer#settings()}, with the recording beside the script. */
    public ServerSettings settings() {
        return server.settings().withRecording(played);
    }

    /** Returns the script with the ready-made blocks written out, as this scenario's server plays them. */
    public Script expanded() {
        return Expansion.of(script, settings());
    }

    /** Leaves the texts out. */
    @Override
    public String toString() {
        return "Scenario[" + name + "]";
    }
}
