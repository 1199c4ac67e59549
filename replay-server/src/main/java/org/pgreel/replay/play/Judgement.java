package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgreel.replay.exchange.ExchangeLibrary;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.report.Resend;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Judges a run: played to its end, each fault fired, nothing left over. */
final class Judgement {
    private final ScriptEngine run;

    Judgement(ScriptEngine run) {
        this.run = run;
    }

    PlayReport report() {
        List<PlayedConnection> connections =
                run.connections().stream().map(ScriptConnection::report).toList();
        var problems = new ArrayList<String>();
        for (PlayedConnection connection : connections) {
            if (connection.outcome().failed()) {
                problems.add(connection.sentence());
            }
        }
        if (run.chapter() == null) {
            run.blocks().forEach(block -> judge(block, problems));
        }
        ExchangeLibrary library = run.library();
        List<ExchangeMiss> misses = List.of();
        List<Resend> resent = List.of();
        if (library != null) {
            ExchangeReport report = library.report();
            misses = report.misses();
            resent = report.resent();
            problems.addAll(exchanges(report));
        }
        List<String> fired =
                run.firedFaults().stream().map(ScriptLine::toString).toList();
        List<String> unfired = run.unfired().stream().map(ScriptLine::toString).toList();
        for (ScriptLine line : run.unfired()) {
            problems.add("line " + line.number() + ": the fault never fired: " + line);
        }
        return new PlayReport(connections, problems, fired, unfired, misses, resent);
    }

    /** What was not recorded; where a whole chapter is to be played, also what was recorded and not asked for. */
    private List<String> exchanges(ExchangeReport report) {
        var problems = new ArrayList<String>();
        for (ExchangeMiss miss : report.misses()) {
            problems.add(
                    run.chapter() == null
                            ? "connection " + miss.connection() + ": " + miss.sentence()
                            : String.join("\n", miss.lines()));
        }
        Chapter chapter = run.chapter();
        if (chapter != null && chapter.whole()) {
            report.leftOver().forEach(left -> problems.add(left.line()));
        }
        return problems;
    }

    /** Each numbered block, and at least one connection of a range or of all, must have been played to its end. */
    @SuppressWarnings("ReferenceEquality") // Another block may hold the same.
    private void judge(Step.ConnectionBlock block, List<String> problems) {
        List<ScriptConnection> its =
                run.connections().stream().filter(c -> c.block() == block).toList();
        String name = "connection " + block.which().word();
        long played = its.stream().filter(c -> c.outcome().played()).count();
        long open = its.stream().filter(c -> c.outcome() == PlayOutcome.OPEN).count();
        if (its.stream().anyMatch(c -> c.outcome().failed())) {
            return;
        }
        if (its.isEmpty() && awaitsNobody(block)) {
            return;
        }
        if (played == 0) {
            problems.add(
                    its.isEmpty()
                            ? name + " never came"
                            : open > 0
                                    ? name + " has not been played to its end yet: "
                                            + its.get(its.size() - 1).whereItIs()
                                    : name + " was not played to its end");
            return;
        }
        its.stream()
                .filter(c -> c.outcome() == PlayOutcome.OPEN && c.hasSpoken())
                .forEach(c -> problems.add("connection " + c.number() + " is still open: " + c.whereItIs()));
    }

    /** Tells whether the block says only what our own client is asked and told: it may never come to a connection. */
    private static boolean awaitsNobody(Step.ConnectionBlock block) {
        List<Step> steps = block.body().stream()
                .map(ScriptLine::step)
                .filter(Objects::nonNull)
                .toList();
        return steps.stream().anyMatch(Step.Told.class::isInstance)
                && steps.stream().allMatch(step -> step instanceof Step.Told || step instanceof Step.Note);
    }
}
