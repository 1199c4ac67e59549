package org.pgreel.scenarios.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioException;
import org.pgreel.scenarios.file.ScenarioReader;

/** A set of scenarios with different names, in the order of their phases and, within one, of their names. Immutable. */
public final class Catalogue {
    private static final Comparator<Scenario> ORDER =
            Comparator.comparing(Scenario::phase).thenComparing(Scenario::name);

    private final Map<String, Scenario> byName;

    private Catalogue(Map<String, Scenario> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Returns the scenarios that come with PgReel. Reads all of them anew, which takes a fraction of a second.
     *
     * @throws java.io.UncheckedIOException if the files of PgReel cannot be read
     * @throws ScenarioException if one of them is wrong
     */
    public static Catalogue load() {
        List<CatalogueFile> files = CatalogueFiles.all();
        List<Scenario> scenarios =
                files.parallelStream().map(Catalogue::scenario).sorted(ORDER).toList();
        return of(scenarios);
    }

    /**
     * Returns the catalogue of these scenarios, in their order.
     *
     * @throws ScenarioException if two of them have one name
     */
    public static Catalogue of(List<Scenario> scenarios) {
        var byName = new LinkedHashMap<String, Scenario>();
        for (Scenario scenario : scenarios) {
            Scenario other = byName.putIfAbsent(scenario.name(), scenario);
            if (other != null) {
                throw failure(
                        scenario,
                        "the name \"" + scenario.name() + "\" is taken by "
                                + other.source().file());
            }
        }
        return new Catalogue(byName);
    }

    private static Scenario scenario(CatalogueFile file) {
        Scenario scenario = ScenarioReader.parseResource(file.text(), Catalogue.class.getClassLoader(), file.name());
        if (!file.base().equals(scenario.name())) {
            throw failure(
                    scenario, "the name is \"" + scenario.name() + "\", and the file is named \"" + file.base() + "\"");
        }
        if (!file.directory().equals(scenario.phase().word())) {
            throw failure(
                    scenario,
                    "the phase is " + scenario.phase().word() + ", and the file lies in the directory "
                            + file.directory());
        }
        return scenario;
    }

    private static ScenarioException failure(Scenario scenario, String problem) {
        return new ScenarioException(scenario.source().file(), 1, 1, problem);
    }

    /** Returns all scenarios, in order. */
    public List<Scenario> scenarios() {
        return new ArrayList<>(byName.values());
    }

    /** Returns the scenario of that name; empty if there is none. */
    public Optional<Scenario> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Returns the scenario of that name.
     *
     * @throws NoSuchScenarioException if there is none; names the nearest one
     */
    public Scenario named(String name) {
        Scenario found = byName.get(name);
        if (found == null) {
            throw new NoSuchScenarioException(
                    NotationException.unknownWord(1, 1, name, "scenario of the catalogue", byName.keySet())
                            .problem());
        }
        return found;
    }
}
