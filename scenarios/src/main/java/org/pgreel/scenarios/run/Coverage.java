package org.pgreel.scenarios.run;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.PgException;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.drive.Observed;
import org.pgreel.scenarios.file.Scenario;

/**
 * Which reasons, failures, faults and states scenarios have made happen, and which scenario did: what ties the catalogue
 * to what the client promises. Only runs that passed count. Safe for use by several threads.
 */
public final class Coverage {
    /** What can be observed. */
    public enum Kind {
        /** Why a session never got ready. */
        CONNECTION_FAILURE,
        /** Why a session ended. */
        SHUTDOWN,
        /** How an operation failed. */
        OPERATION_FAILURE,
        /** What a fault did. */
        FAULT_EFFECT,
        /** Where a frontend and a backend stood with each other. */
        CONVERSATION
    }

    private final Map<String, Map<String, Set<String>>> sentences = new TreeMap<>();
    private final Map<Kind, Map<String, Set<String>>> observed = new EnumMap<>(Kind.class);

    private final EdgeCounts edges = new EdgeCounts();

    /** Nothing has been observed yet. */
    public Coverage() {
        for (Kind kind : Kind.values()) {
            observed.put(kind, new TreeMap<>());
        }
    }

    /** Returns the edges of the conversation matrix that passing runs have exercised. */
    public EdgeCounts edges() {
        return edges;
    }

    /** Returns all names of that kind that there are. */
    public static Set<String> known(Kind kind) {
        return switch (kind) {
            case CONNECTION_FAILURE -> leaves(ConnectionFailureReason.class);
            case SHUTDOWN -> leaves(ShutdownReason.class);
            case OPERATION_FAILURE -> {
                var names = new TreeSet<String>();
                leaves(PgException.class).forEach(name -> names.add(name.replaceFirst("Exception$", "")));
                yield names;
            }
            case FAULT_EFFECT -> leaves(Effect.class);
            case CONVERSATION -> Conversation.stateNames();
        };
    }

    private static Set<String> leaves(Class<?> family) {
        var names = new TreeSet<String>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                names.addAll(leaves(member));
            } else {
                names.add(member.getSimpleName());
            }
        }
        return names;
    }

    /** Notes what a run of the scenario has made happen, which passed. */
    synchronized void note(Scenario scenario, Observed run) {
        run.connectionFailures().forEach(name -> note(Kind.CONNECTION_FAILURE, name, scenario));
        run.shutdowns().forEach(name -> note(Kind.SHUTDOWN, name, scenario));
        run.failures().forEach(name -> note(Kind.OPERATION_FAILURE, name, scenario));
        run.states().forEach(name -> note(Kind.CONVERSATION, name, scenario));
        run.sentences()
                .forEach((name, said) -> said.forEach(sentence -> sentences
                        .computeIfAbsent(name, key -> new TreeMap<>())
                        .computeIfAbsent(sentence, key -> new TreeSet<>())
                        .add(scenario.name())));
        effects(scenario, scenario.script().lines());
    }

    private void note(Kind kind, String name, Scenario scenario) {
        observed(kind).computeIfAbsent(name, key -> new TreeSet<>()).add(scenario.name());
    }

    private Map<String, Set<String>> observed(Kind kind) {
        return observed.computeIfAbsent(kind, key -> new TreeMap<>());
    }

    /** A run passes only if each fault fired. Events of the server are what the effects of the same name are. */
    private void effects(Scenario scenario, List<ScriptLine> lines) {
        Set<String> known = known(Kind.FAULT_EFFECT);
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.FaultLine fault) {
                fault.fault()
                        .effects()
                        .forEach(effect ->
                                note(Kind.FAULT_EFFECT, effect.getClass().getSimpleName(), scenario));
            } else if (step instanceof Step.EventLine event) {
                known.stream()
                        .filter(event.name()::equalsIgnoreCase)
                        .forEach(name -> note(Kind.FAULT_EFFECT, name, scenario));
            }
            if (step != null) {
                Bodies.of(step).forEach(body -> effects(scenario, body));
            }
        }
    }

    /** Returns the scenarios that made that happen, by name; empty if none did. */
    public synchronized Set<String> scenarios(Kind kind, String name) {
        return Collections.unmodifiableSet(new TreeSet<>(observed(kind).getOrDefault(name, Set.of())));
    }

    /** Returns all that failures and reasons said of themselves, by name, with the scenarios in which they did. */
    public synchronized Map<String, Map<String, Set<String>>> sentences() {
        var copy = new TreeMap<String, Map<String, Set<String>>>();
        sentences.forEach((name, said) -> copy.put(name, new TreeMap<>(said)));
        return copy;
    }

    /** Returns the names of that kind that no scenario made happen. */
    public synchronized Set<String> missing(Kind kind) {
        var missing = new TreeSet<>(known(kind));
        missing.removeAll(observed(kind).keySet());
        return missing;
    }
}
