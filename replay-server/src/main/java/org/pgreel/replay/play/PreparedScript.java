package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.fault.Moment;
import org.pgreel.replay.script.Bodies;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * A script with the server's settings, made ready once for any number of runs: its ready-made blocks are written out, and
 * what its constant lines say is kept. A simulation plays one thousands of times a second.
 *
 * <p>Runs share it one after the other or in turns, but all in one thread.
 */
public final class PreparedScript {
    private static final String HEALTHY = "use login\nuse housekeeping\nF end\n";

    private final ServerSettings settings;
    private final List<Step.ConnectionBlock> blocks;
    private final List<ScriptLine> everywhere;
    private final List<ScriptLine> faults;
    private final Phrases phrases = new Phrases();
    private @Nullable List<ScriptLine> healthy;

    /**
     * Makes a script ready.
     *
     * @param script what to play
     * @param settings what holds for the server around the connections
     * @throws org.pgreel.protocol.transcript.NotationException if a ready-made block is used as it cannot be
     */
    public PreparedScript(Script script, ServerSettings settings) {
        this.settings = settings;
        List<ScriptLine> lines =
                new Blocks(settings).expanded(RecordedLines.around(script.lines(), settings.recording()));
        var placed = new ArrayList<Step.ConnectionBlock>();
        var outside = new ArrayList<ScriptLine>();
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.ConnectionBlock block) {
                placed.add(block);
            } else {
                outside.add(line);
            }
        }
        if (placed.isEmpty()) {
            var any = new Step.Connections(Step.Connections.Kind.ANY, 1, Integer.MAX_VALUE);
            placed.add(new Step.ConnectionBlock(any, lines));
            outside.removeIf(line -> !(line.step() instanceof Step.FaultLine fault
                    && fault.fault().moment() instanceof Moment.AtConnection));
        }
        this.blocks = List.copyOf(placed);
        this.everywhere = List.copyOf(outside);
        this.faults = faults(lines);
    }

    /** Returns the lines of faults, also those inside of blocks, each once. */
    static List<ScriptLine> faults(List<ScriptLine> lines) {
        Set<ScriptLine> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var faults = new ArrayList<ScriptLine>();
        collect(lines, seen, faults);
        return List.copyOf(faults);
    }

    private static void collect(List<ScriptLine> lines, Set<ScriptLine> seen, List<ScriptLine> faults) {
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.FaultLine && seen.add(line)) {
                faults.add(line);
            }
            if (line.step() != null) {
                Bodies.of(line.step()).forEach(body -> collect(body, seen, faults));
            }
        }
    }

    /** Returns what holds for the server around the connections. */
    public ServerSettings settings() {
        return settings;
    }

    List<Step.ConnectionBlock> blocks() {
        return blocks;
    }

    /** Returns the lines outside of all blocks that hold for all connections. */
    List<ScriptLine> everywhere() {
        return everywhere;
    }

    List<ScriptLine> faults() {
        return faults;
    }

    Phrases phrases() {
        return phrases;
    }

    /** Returns the lines of a healthy server, which few scripts need. */
    List<ScriptLine> healthy() {
        List<ScriptLine> lines = healthy;
        if (lines == null) {
            lines = List.copyOf(
                    new Blocks(settings).expanded(Script.parse(HEALTHY).lines()));
            healthy = lines;
        }
        return lines;
    }
}
