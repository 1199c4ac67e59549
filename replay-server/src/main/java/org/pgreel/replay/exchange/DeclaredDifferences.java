package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.volatility.Volatility;

/**
 * Tells whether two recordings of the same program differ only where it is declared: each question of the one has one in
 * the other, asked in the same state and answered by the same, but for values that a declaration leaves open or that
 * stand for each other by it. As when they are replayed, connections do not count, nor does the housekeeping of drivers
 * and pools.
 */
public final class DeclaredDifferences {

    /**
     * What was found.
     *
     * @param undeclared where they differ beside what is declared, in the order of the second recording
     * @param declared in how many places they differ as declared
     * @param questions how many questions both have
     */
    public record Result(List<UndeclaredDifference> undeclared, long declared, long questions) {
        /** Copies the list. */
        public Result {
            undeclared = List.copyOf(undeclared);
        }
    }

    private record Run(String chapter, List<RecordedExchange> exchanges) {}

    private final Questions questions;
    private final FacingExchanges facing;
    private final List<UndeclaredDifference> undeclared = new ArrayList<>();
    private long asked;

    private DeclaredDifferences(Questions questions) {
        this.questions = questions;
        this.facing = new FacingExchanges(questions);
    }

    /**
     * Compares two recordings.
     *
     * @param declared what may differ
     */
    public static Result between(PlayableRecording one, PlayableRecording other, Volatility declared) {
        var differences = new DeclaredDifferences(new Questions(declared, HousekeepingFile.shipped()));
        differences.compare(differences.runs(one), differences.runs(other));
        return new Result(differences.undeclared, differences.facing.declared(), differences.asked);
    }

    private List<Run> runs(PlayableRecording recording) {
        var runs = new ArrayList<RecordedRun>();
        int session = 0;
        for (PlayableConnection connection : recording.connections()) {
            if (connection.ready()) {
                runs.addAll(new ExchangeReader(connection, session++, questions)
                        .read()
                        .runs());
            }
        }
        runs.sort(Comparator.comparingLong(run -> run.began));
        return runs.stream()
                .map(run -> new Run(
                        run.chapter,
                        run.exchanges.stream()
                                .filter(exchange -> !exchange.housekeeping && !questions.keepsHouse(exchange.key.sql()))
                                .toList()))
                .filter(run -> !run.exchanges().isEmpty())
                .toList();
    }

    /** Returns what was asked in the run, one statement after the other; of a group without order, in a fixed one. */
    private String statements(Run run) {
        var words = new ArrayList<String>();
        var group = new ArrayList<String>();
        for (RecordedExchange exchange : run.exchanges()) {
            if (questions.unordered(exchange.key)) {
                group.add(exchange.key.sql());
            } else {
                words.addAll(group.stream().sorted().toList());
                group.clear();
                words.add(exchange.key.sql());
            }
        }
        words.addAll(group.stream().sorted().toList());
        return run.chapter() + "\n" + String.join("\n;\n", words);
    }

    private void compare(List<Run> ones, List<Run> others) {
        Map<String, List<Run>> left = new HashMap<>();
        ones.forEach(run ->
                left.computeIfAbsent(statements(run), key -> new ArrayList<>()).add(run));
        for (Run run : others) {
            List<Run> candidates = left.getOrDefault(statements(run), new ArrayList<>());
            Run likest = candidates.stream()
                    .min(Comparator.comparingInt(candidate -> cost(candidate, run)))
                    .orElse(null);
            if (likest == null) {
                alone(null, run);
            } else {
                candidates.remove(likest);
                face(likest, run);
            }
        }
        ones.stream()
                .filter(run -> left.getOrDefault(statements(run), List.of()).contains(run))
                .forEach(run -> alone(run, null));
    }

    private void alone(@Nullable Run one, @Nullable Run other) {
        Run run = one != null ? one : other;
        if (run != null) {
            RecordedExchange first = run.exchanges().get(0);
            int more = run.exchanges().size() - 1;
            String which = one != null ? "the first" : "the second";
            undeclared.add(new UndeclaredDifference(
                    one == null ? null : first.place(),
                    other == null ? null : first.place(),
                    first.key.sql(),
                    List.of("only in " + which + (more == 0 ? "" : ", with " + more + " more of its transaction"))));
        }
    }

    private int cost(Run one, Run other) {
        var left = new ArrayList<>(one.exchanges());
        int cost = 0;
        for (RecordedExchange exchange : other.exchanges()) {
            RecordedExchange faced = due(left, exchange);
            left.remove(faced);
            cost += facing.cost(faced, exchange);
        }
        return cost;
    }

    private void face(Run one, Run other) {
        var left = new ArrayList<>(one.exchanges());
        for (RecordedExchange exchange : other.exchanges()) {
            RecordedExchange faced = due(left, exchange);
            left.remove(faced);
            asked++;
            List<String> what = facing.compare(faced, exchange);
            if (!what.isEmpty()) {
                undeclared.add(new UndeclaredDifference(faced.place(), exchange.place(), exchange.key.sql(), what));
            }
        }
    }

    /** Returns which exchange faces this one: the next with its statement; of a group without order, the likest. */
    private RecordedExchange due(List<RecordedExchange> left, RecordedExchange exchange) {
        List<RecordedExchange> group = left;
        if (questions.unordered(exchange.key)) {
            int end = 0;
            while (end < left.size() && questions.unordered(left.get(end).key)) {
                end++;
            }
            group = left.subList(0, end);
        }
        RecordedExchange due = null;
        int least = Integer.MAX_VALUE;
        for (RecordedExchange candidate : group) {
            if (candidate.key.sql().equals(exchange.key.sql())) {
                int cost = facing.cost(candidate, exchange);
                if (due == null || questions.unordered(exchange.key) && cost < least) {
                    due = candidate;
                    least = cost;
                }
            }
        }
        if (due == null) {
            throw new IllegalStateException("the run has no such statement: " + exchange.key.sql());
        }
        return due;
    }
}
