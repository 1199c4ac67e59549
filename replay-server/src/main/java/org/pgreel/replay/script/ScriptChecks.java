package org.pgreel.replay.script;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Direction;

/** Finds, when a script is loaded, what could never be played: one sentence with line and column. */
final class ScriptChecks {
    private final Set<String> signals = new HashSet<>();
    private final SpokenMessages spoken;

    private ScriptChecks(SpokenMessages spoken) {
        this.spoken = spoken;
    }

    /** Checks it, given the labels that are signalled from outside. */
    static void check(Script script, Set<String> outside) {
        var checks = new ScriptChecks(SpokenMessages.of(script));
        checks.signals.addAll(outside);
        checks.collectSignals(script.lines());
        checks.outside(script.lines());
        checks.body(script.lines(), true);
    }

    private void collectSignals(List<ScriptLine> lines) {
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Gate gate && gate.opens()) {
                signals.add(gate.label());
            } else if (line.step() instanceof Step.FaultLine fault
                    && fault.fault().label() != null) {
                signals.add(fault.fault().label());
            }
            bodies(line).forEach(this::collectSignals);
        }
    }

    private static List<List<ScriptLine>> bodies(ScriptLine line) {
        return line.step() == null ? List.of() : Bodies.of(line.step());
    }

    static NotationException failure(ScriptLine line, String problem) {
        return new NotationException(line.number(), Math.max(1, line.column()), problem);
    }

    /** Beside connection blocks stand only lines that hold for all connections. */
    private void outside(List<ScriptLine> lines) {
        if (lines.stream().noneMatch(line -> line.step() instanceof Step.ConnectionBlock)) {
            return;
        }
        for (ScriptLine line : lines) {
            Step step = line.step();
            boolean general = step == null
                    || step instanceof Step.ConnectionBlock
                    || step instanceof Step.Told
                    || step instanceof Step.Note
                    || step instanceof Step.Never
                    || step instanceof Step.FaultLine fault && fault.fault().moment() != null;
            if (!general) {
                throw failure(line, "beside connection blocks stand only never, told lines and faults with a moment");
            }
        }
    }

    private void body(List<ScriptLine> lines, boolean top) {
        for (int i = 0; i < lines.size(); i++) {
            ScriptLine line = lines.get(i);
            Step step = line.step();
            if (step == null) {
                continue;
            }
            if (step instanceof Step.ConnectionBlock && !top) {
                throw failure(line, "a connection block stands outside of all other blocks");
            }
            LineChecks.check(line);
            block(line, step);
            if (step instanceof Step.FaultLine fault) {
                FaultChecks.check(line, fault.fault(), nextStep(lines, i + 1), spoken);
            } else if (step instanceof Step.OptionalBlock || open(step)) {
                frontendSpeaks(line, lines, i + 1);
            } else if (step instanceof Step.Gate gate && !gate.opens() && !signals.contains(gate.label())) {
                throw failure(line, "nothing signals \"" + gate.label() + "\"");
            } else if (step instanceof Step.Never never && never.after() != null && !signals.contains(never.after())) {
                throw failure(line, "nothing signals \"" + never.after() + "\"");
            }
            bodies(line).forEach(body -> body(body, false));
        }
    }

    private static boolean open(Step step) {
        return step instanceof Step.RepeatBlock repeat && repeat.least() < repeat.most();
    }

    /** Returns the first step from there on that is played, faults aside; null if there is none. */
    private static @Nullable Step nextStep(List<ScriptLine> lines, int from) {
        for (ScriptLine line : lines.subList(from, lines.size())) {
            Step step = line.step();
            boolean passive = step == null
                    || step instanceof Step.Told
                    || step instanceof Step.Note
                    || step instanceof Step.Boundary
                    || step instanceof Step.Never
                    || step instanceof Step.FaultLine;
            if (!passive) {
                return step;
            }
        }
        return null;
    }

    private static void block(ScriptLine line, Step step) {
        boolean chosen = step instanceof Step.EitherBlock
                || step instanceof Step.UnorderedBlock
                || step instanceof Step.OptionalBlock
                || step instanceof Step.RepeatBlock;
        if (!chosen) {
            return;
        }
        Set<String> firsts = new HashSet<>();
        for (List<ScriptLine> part : Bodies.of(step)) {
            ScriptLine first = first(part);
            if (first == null) {
                throw failure(line, "a part of the block is empty");
            }
            Step begins = first.step();
            if (begins == null || !speaks(begins)) {
                throw failure(first, "a part begins with what the frontend does, by which it is chosen");
            }
            if (!firsts.add(ScriptPrinter.head(begins))) {
                throw failure(first, "another part begins with the same line, so this one is never chosen");
            }
        }
    }

    private static @Nullable ScriptLine first(List<ScriptLine> part) {
        for (ScriptLine line : part) {
            Step step = line.step();
            if (step != null && !(step instanceof Step.Told) && !(step instanceof Step.Note)) {
                return line;
            }
        }
        return null;
    }

    /** Tells whether the step begins with something that the frontend does. */
    private static boolean speaks(@Nullable Step step) {
        if (step instanceof Step.MessageLine message) {
            return message.direction() == Direction.FRONTEND;
        }
        if (step instanceof Step.EventLine event) {
            return event.direction() == Direction.FRONTEND;
        }
        return step instanceof Step.StatementBlock
                || step instanceof Step.EitherBlock
                || step instanceof Step.UnorderedBlock
                || step instanceof Step.OptionalBlock
                || step instanceof Step.RepeatBlock
                || step instanceof Step.Use use
                        && List.of("startup", "login", "tls").contains(use.block());
    }

    private static void frontendSpeaks(ScriptLine block, List<ScriptLine> lines, int from) {
        ScriptLine next = first(lines.subList(from, lines.size()));
        if (next == null || speaks(next.step()) || next.step() instanceof Step.FaultLine) {
            return;
        }
        throw failure(
                next,
                "behind an optional or repeated part the frontend must speak, or nobody knows when the part is over"
                        + " (line " + block.number() + ")");
    }
}
