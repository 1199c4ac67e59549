package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** What a script says to and of our client, as far as its text alone tells. Immutable. */
final class ToldScript {
    /** Callbacks that may come at any time, so that a script names them only if it is about them. */
    private static final Set<String> ASYNCHRONOUS = Set.of("pgParameterStatus", "pgNotice", "pgNotification");

    private final List<ScriptLine> outside = new ArrayList<>();
    private final Set<Integer> ahead = new HashSet<>();
    private final Map<String, List<ScriptLine>> bySession = new LinkedHashMap<>();
    private final Map<String, Set<String>> callbacks = new HashMap<>();
    private final Map<Integer, Set<String>> results = new HashMap<>();
    private final Map<Integer, List<ScriptLine>> inside = new HashMap<>();
    private boolean asks;
    private boolean wire;
    private boolean blocks;

    ToldScript(Script script) {
        blocks = script.lines().stream().anyMatch(line -> line.step() instanceof Step.ConnectionBlock);
        wire = script.lines().stream().anyMatch(line -> isWire(line.step()));
        collect(script.lines());
        bySession.values().forEach(this::groupResults);
        if (blocks || !wire) {
            outside(script.lines());
        } else {
            connecting(script.lines());
        }
    }

    private static boolean isWire(@org.jspecify.annotations.Nullable Step step) {
        return step != null && !(step instanceof Step.Told) && !(step instanceof Step.Note);
    }

    private void collect(List<ScriptLine> lines) {
        ScriptLine callback = null;
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Told told) {
                told(line, told);
                if (told.kind() == '@') {
                    callback = line;
                } else if (told.kind() == '>' && callback != null) {
                    inside.computeIfAbsent(callback.number(), number -> new ArrayList<>())
                            .add(line);
                } else {
                    callback = null;
                }
            } else if (line.step() != null) {
                callback = null;
                Bodies.of(line.step()).forEach(this::collect);
            }
        }
    }

    private void told(ScriptLine line, Step.Told told) {
        String session = session(told);
        bySession.computeIfAbsent(session, name -> new ArrayList<>()).add(line);
        asks |= told.kind() == '>';
        if (told.kind() == '@') {
            callbacks.computeIfAbsent(session, name -> new HashSet<>()).add(told.word());
        }
    }

    static String session(Step.Told told) {
        return told.session() == null ? "" : told.session();
    }

    /** Operations that stand together share the results that stand behind them. */
    private void groupResults(List<ScriptLine> lines) {
        Set<String> words = new HashSet<>();
        results.putIfAbsent(0, words);
        for (ScriptLine line : lines) {
            Step.Told told = told(line);
            if (told.kind() == '>') {
                if (!words.isEmpty()) {
                    words = new HashSet<>();
                }
                results.put(line.number(), words);
            } else if (told.kind() == '<') {
                words.add(told.word());
                results.getOrDefault(0, words).add(told.word());
            }
        }
    }

    static Step.Told told(ScriptLine line) {
        if (line.step() instanceof Step.Told told) {
            return told;
        }
        throw new IllegalArgumentException("\"" + line + "\" tells nothing");
    }

    private void outside(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Told) {
                outside.add(line);
            }
        }
    }

    /**
     * Told lines that connect belong to no connection although the script has no blocks: those that stand before all
     * else, or, if the first of all told lines connects further down, that and all behind it.
     */
    private void connecting(List<ScriptLine> lines) {
        var found = new ArrayList<ScriptLine>();
        boolean wireCame = false;
        boolean leading = false;
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Told) {
                leading |= !wireCame;
                found.add(line);
            } else if (isWire(line.step())) {
                wireCame = true;
                if (leading) {
                    break;
                }
            }
        }
        boolean connects =
                leading ? found.stream().anyMatch(ToldScript::connects) : !found.isEmpty() && connects(found.get(0));
        if (connects) {
            outside.addAll(found);
            found.forEach(line -> ahead.add(line.number()));
        }
    }

    private static boolean connects(ScriptLine line) {
        return told(line).kind() == '>' && told(line).word().equals("connect");
    }

    /** Tells whether the script says what our client does. */
    boolean asks() {
        return asks;
    }

    /** Tells whether it says anything of the wire. */
    boolean wire() {
        return wire;
    }

    /** Returns the told lines that belong to no connection, in order. */
    List<ScriptLine> outside() {
        return outside;
    }

    /** Tells whether the line stands in a connection's body but belongs to none. */
    boolean isAhead(ScriptLine line) {
        return ahead.contains(line.number());
    }

    /** Returns the names of the sessions, in order of appearance. */
    List<String> sessions() {
        return List.copyOf(bySession.keySet());
    }

    /** Returns the sessions of which no line says when they connect. */
    List<String> implicit() {
        var names = new ArrayList<String>();
        bySession.forEach((name, lines) -> {
            Step.Told first = told(lines.get(0));
            if (!(first.kind() == '>' && first.word().equals("connect"))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Returns all told lines of the session, in order. */
    List<ScriptLine> lines(String session) {
        return bySession.getOrDefault(session, List.of());
    }

    /** Tells whether a callback may be missing in the script although others are named. */
    boolean mayLack(String session, String callback) {
        return ASYNCHRONOUS.contains(callback)
                && !callbacks.getOrDefault(session, Set.of()).contains(callback);
    }

    /** Tells whether a result may be missing in the script. */
    boolean mayLackResult(int asked, String word) {
        Set<String> named = results.getOrDefault(asked, Set.of());
        boolean data = word.equals("row") || word.equals("data") || word.equals("cancelled");
        return named.isEmpty() || (data && !named.contains(word));
    }

    /** Returns how many callbacks of the session the script names. */
    int callbacks(String session) {
        return (int)
                lines(session).stream().filter(line -> told(line).kind() == '@').count();
    }

    /** Returns what is asked directly behind a callback's line, which is inside that callback. */
    List<ScriptLine> inside(ScriptLine callback) {
        return inside.getOrDefault(callback.number(), List.of());
    }
}
