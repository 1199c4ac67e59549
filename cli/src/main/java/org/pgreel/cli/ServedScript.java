package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.catalogue.NoSuchScenarioException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioException;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * Something that can be served: a scenario of the catalogue, a scenario file, or a bare script.
 *
 * @param name what its verdicts are printed under
 * @param script the script
 * @param settings what holds around the connections
 * @param scenario what the script belongs to; null for a bare one
 */
record ServedScript(
        String name,
        Script script,
        ServerSettings settings,
        @Nullable Scenario scenario) {

    /** The end of a bare script's name. */
    private static final String SCRIPT = ".pgreel";

    /** Returns all scenarios of the catalogue. */
    static List<ServedScript> all() {
        return Catalogue.load().scenarios().stream().map(ServedScript::of).toList();
    }

    /**
     * Returns those that the words name.
     *
     * @throws CommandFailedException if one names none, or its file cannot be read
     */
    static List<ServedScript> named(List<String> words) {
        Catalogue catalogue =
                words.stream().allMatch(ServedScript::isFile) ? Catalogue.of(List.of()) : Catalogue.load();
        return words.stream()
                .map(word -> isFile(word) ? read(Path.of(word)) : of(catalogued(catalogue, word)))
                .toList();
    }

    private static boolean isFile(String word) {
        return word.contains("/") || word.endsWith(SCRIPT) || word.endsWith(".yaml") || word.endsWith(".yml");
    }

    private static Scenario catalogued(Catalogue catalogue, String name) {
        try {
            return catalogue.named(name);
        } catch (NoSuchScenarioException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    /**
     * Reads a scenario file.
     *
     * @throws CommandFailedException if it cannot be read, or is none
     */
    static Scenario scenario(Path file) {
        try {
            return ScenarioReader.read(file);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the scenario " + file + " cannot be read: " + Failures.what(e), e);
        } catch (ScenarioException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        }
    }

    private static ServedScript read(Path file) {
        if (!file.toString().endsWith(SCRIPT)) {
            return of(scenario(file));
        }
        String name = String.valueOf(file.getFileName());
        try {
            Script script = Script.parse(Files.readString(file));
            return new ServedScript(
                    name.substring(0, name.length() - SCRIPT.length()), script, ServerSettings.DEFAULTS, null);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the script " + file + " cannot be read: " + Failures.what(e), e);
        } catch (NotationException e) {
            throw CommandFailedException.inputOutput(file + ": " + Failures.what(e), e);
        }
    }

    private static ServedScript of(Scenario scenario) {
        return new ServedScript(scenario.name(), scenario.script(), scenario.settings(), scenario);
    }

    /** Returns the same with other settings. */
    ServedScript with(ServerSettings other) {
        return new ServedScript(name, script, other, scenario);
    }

    /** Returns what a program is to ask, the statements joined by semicolons; "" when the scenario does not mind. */
    String sql() {
        return scenario == null ? "" : String.join("; ", scenario.client().statements());
    }

    /** Returns libpq's word for what a program is to ask of TLS. */
    String sslmode() {
        if (scenario != null && scenario.client().sslMode() != null) {
            return scenario.client().sslMode().word();
        }
        return settings.tls() ? "require" : "prefer";
    }
}
