package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.volatility.Volatility;

/**
 * Finds what differs between recordings of the same run of a program, for a person to look at and to keep: runs of
 * the first are laid beside the likest runs of each other. Replay never does so.
 */
public final class VolatilityLearner {

    /**
     * What was found.
     *
     * @param volatility what differs, with which the one recording answers the other's program
     * @param unlike runs of one recording for which the other has none with the same statements, a line each
     */
    public record Learnt(Volatility volatility, List<String> unlike) {
        /** Copies the list. */
        public Learnt {
            unlike = List.copyOf(unlike);
        }
    }

    private record Run(String chapter, List<RecordedExchange> exchanges) {
        String skeleton() {
            return String.join(
                    "\n;\n",
                    exchanges.stream()
                            .map(exchange -> SqlSkeleton.of(exchange.key.sql()).text())
                            .sorted()
                            .toList());
        }
    }

    private final DifferingPlaces places = new DifferingPlaces();
    private final List<String> unlike = new ArrayList<>();

    private VolatilityLearner() {}

    /** Compares two recordings. */
    public static Learnt learn(PlayableRecording one, PlayableRecording other) {
        return learn(List.of(one, other));
    }

    /**
     * Compares a recording with others of the same run: what differs in one of them is volatile, and is of a type that all of
     * them have.
     *
     * @param recordings at least two; the first is compared with each of the others
     * @throws IllegalArgumentException if there are fewer
     */
    public static Learnt learn(List<PlayableRecording> recordings) {
        if (recordings.size() < 2) {
            throw new IllegalArgumentException(
                    "What differs is learnt from two recordings or more, and not from " + recordings.size());
        }
        var learner = new VolatilityLearner();
        List<Run> first = runs(recordings.get(0));
        first.forEach(run -> run.exchanges().forEach(learner.places::seen));
        for (int i = 1; i < recordings.size(); i++) {
            learner.compare(first, runs(recordings.get(i)), ordinal(i));
            learner.places.nextRecording();
        }
        return new Learnt(learner.places.volatility(), learner.unlike);
    }

    private static String ordinal(int index) {
        return index == 1 ? "the second" : "recording " + (index + 1);
    }

    private static List<Run> runs(PlayableRecording recording) {
        var runs = new ArrayList<Run>();
        int session = 0;
        for (PlayableConnection connection : recording.connections()) {
            if (connection.ready()) {
                var reader = new ExchangeReader(
                                connection, session++, new Questions(Volatility.NONE, HousekeepingFile.shipped()))
                        .read();
                for (RecordedRun run : reader.runs()) {
                    List<RecordedExchange> exchanges = run.exchanges.stream()
                            .filter(exchange -> !HousekeepingStatements.is(exchange.key.sql()))
                            .toList();
                    if (!exchanges.isEmpty()) {
                        runs.add(new Run(run.chapter, exchanges));
                    }
                }
            }
        }
        return runs;
    }

    private void compare(List<Run> ones, List<Run> others, String second) {
        Map<String, List<Run>> bySkeleton = new HashMap<>();
        for (Run run : ones) {
            bySkeleton
                    .computeIfAbsent(run.chapter() + "\n" + run.skeleton(), key -> new ArrayList<>())
                    .add(run);
        }
        for (Run run : others) {
            List<Run> candidates = bySkeleton.getOrDefault(run.chapter() + "\n" + run.skeleton(), new ArrayList<>());
            Run likest = candidates.stream()
                    .min(Comparator.comparingInt(candidate -> cost(candidate, run)))
                    .orElse(null);
            if (likest == null) {
                unlike.add("only in " + second + ": " + words(run));
            } else {
                candidates.remove(likest);
                pairs(likest, run, places);
            }
        }
        String missing = second.equals(ordinal(1)) ? "only in the first: " : "not in " + second + ": ";
        bySkeleton.values().forEach(left -> left.forEach(run -> unlike.add(missing + words(run))));
    }

    private static String words(Run run) {
        RecordedExchange first = run.exchanges().get(0);
        String more =
                run.exchanges().size() == 1 ? "" : " and " + (run.exchanges().size() - 1) + " more";
        return first.place() + " " + first.key.sql().replaceAll("\\s+", " ").strip() + more;
    }

    private static int cost(Run one, Run other) {
        return pairs(one, other, null);
    }

    /** Lays two runs of the same statements beside each other; returns in how many places they differ. */
    private static int pairs(Run one, Run other, @Nullable DifferingPlaces into) {
        List<RecordedExchange> left = new ArrayList<>(one.exchanges());
        int cost = 0;
        for (RecordedExchange asked : other.exchanges()) {
            String skeleton = SqlSkeleton.of(asked.key.sql()).text();
            RecordedExchange likest = left.stream()
                    .filter(exchange ->
                            SqlSkeleton.of(exchange.key.sql()).text().equals(skeleton))
                    .min(Comparator.comparingInt(exchange -> differences(exchange, asked)))
                    .orElseThrow();
            cost += differences(likest, asked);
            if (into != null) {
                into.pair(likest, asked, left.indexOf(likest) > 0);
            }
            left.remove(likest);
        }
        return cost;
    }

    private static int differences(RecordedExchange one, RecordedExchange other) {
        int differences = 0;
        List<String> tokens = SqlSkeleton.of(one.key.sql()).tokens();
        List<String> others = SqlSkeleton.of(other.key.sql()).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            differences += tokens.get(i).equals(others.get(i)) ? 0 : 1;
        }
        List<@Nullable String> values = one.key.parameters();
        List<@Nullable String> otherValues = other.key.parameters();
        for (int i = 0; i < Math.min(values.size(), otherValues.size()); i++) {
            differences += Objects.equals(values.get(i), otherValues.get(i)) ? 0 : 1;
        }
        return differences;
    }
}
