package org.pgreel.scenarios.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.scenarios.coverage.CoveredServer;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.drive.MemoryRun;
import org.pgreel.scenarios.drive.Prepared;
import org.pgreel.scenarios.drive.RunResult;
import org.pgreel.scenarios.drive.SocketRuns;
import org.pgreel.scenarios.drive.Stages;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;

/**
 * Runs one scenario against PgReel's own client, once for each fragmentation that is asked for.
 *
 * <p>Fragmentations are words: {@code whole}, {@code bytes}, {@code cuts} (at, before and behind each message's end, a run
 * each), {@code seeds} (three), {@code memory} (all these), {@code tcp} (whole, bytes and a seed over TCP), {@code all},
 * or a single one, such as {@code cut:117}, {@code seed:4}, {@code tcp:bytes}. Confined to one thread.
 */
public final class ScenarioRun {
    /** Which words stand for several. */
    private static final List<String> SEEDS = List.of("seed:1", "seed:2", "seed:3");

    private static final String TCP = "tcp:";
    private static final List<String> OVER_TCP = List.of("tcp:whole", "tcp:bytes", "tcp:seed:1");

    /** A stream longer than this is cut into pieces a little longer than a byte, or a run would take minutes. */
    private static final long BYTES_MAX = 128 * 1024;

    private static final Chunking SMALL_PIECES = Chunking.of("bytes:509");

    /** The same over TCP, where each piece is a write of the operating system. */
    private static final Chunking LARGE_PIECES = Chunking.of("bytes:65521");

    /** A stream with more places to cut is cut at the first and last of them. */
    private static final int CUTS_MAX = 240;

    /** The same where much is received, since each run receives all of it again. */
    private static final int LONG_CUTS_MAX = 24;

    private static final long SEED = 1;

    private final Scenario scenario;
    private final Coverage coverage;
    private final SocketRuns sockets;
    private @Nullable Prepared prepared;
    private @Nullable RunResult whole;
    private EdgeCounts edges = new EdgeCounts();

    /**
     * Makes ready to run.
     *
     * @param coverage learns what passing runs have observed
     * @param sockets runs over TCP; the caller closes it
     */
    public ScenarioRun(Scenario scenario, Coverage coverage, SocketRuns sockets) {
        this.scenario = scenario;
        this.coverage = coverage;
        this.sockets = sockets;
    }

    /**
     * Runs the scenario until a run fails. One that can only be played over TCP is played there instead of in memory,
     * and the other way round.
     *
     * @param words the fragmentations
     * @throws IllegalArgumentException if a word is none
     */
    public Verdict run(List<String> words) {
        Optional<String> missing = Stages.waitsFor(scenario);
        if (missing.isPresent()) {
            return new Verdict.Waiting(scenario.name(), missing.get());
        }
        int runs = 0;
        String now = "whole";
        try {
            for (String word : played(expanded(words))) {
                now = word;
                runs++;
                RunResult result = once(word);
                if (!result.passed()) {
                    return failed(word, result);
                }
                coverage.note(scenario, result.observed());
                coverage.edges().add(edges);
                edges = new EdgeCounts();
            }
        } catch (UnplayableException unplayable) {
            return failed(now, String.valueOf(unplayable.getMessage()), "");
        }
        return new Verdict.Passed(scenario.name(), runs);
    }

    private Set<String> played(Set<String> words) {
        boolean inMemory = Stages.inMemory(scenario);
        boolean overSockets = Stages.overSockets(scenario);
        Set<String> played = new LinkedHashSet<>();
        for (String word : words) {
            if (word.startsWith(TCP) ? overSockets : inMemory) {
                played.add(word);
            } else {
                played.add(inMemory ? "whole" : TCP + "whole");
            }
        }
        return played;
    }

    private Set<String> expanded(List<String> words) {
        Set<String> all = new LinkedHashSet<>();
        for (String word : words) {
            switch (word) {
                case "all" -> all.addAll(expanded(List.of("memory", "tcp")));
                case "memory" -> all.addAll(expanded(List.of("whole", "bytes", "cuts", "seeds")));
                case "tcp" -> all.addAll(OVER_TCP);
                case "seeds" -> all.addAll(SEEDS);
                case "cuts" -> all.addAll(Stages.inMemory(scenario) ? cuts() : List.of("whole"));
                default -> {
                    Chunking.of(word.startsWith(TCP) ? word.substring(TCP.length()) : word);
                    all.add(word);
                }
            }
        }
        return all;
    }

    private List<String> cuts() {
        var cuts = new ArrayList<>(whole().cuts());
        List<Long> chosen = cuts;
        int most = whole().received() > BYTES_MAX ? LONG_CUTS_MAX : CUTS_MAX;
        if (cuts.size() > most) {
            chosen = new ArrayList<>(cuts.subList(0, most / 2));
            chosen.addAll(cuts.subList(cuts.size() - most / 2, cuts.size()));
        }
        return chosen.stream().map(at -> "cut:" + at).toList();
    }

    private RunResult once(String word) {
        if (word.startsWith(TCP)) {
            return sockets.run(scenario, pieces(word.substring(TCP.length()), LARGE_PIECES), this::covered);
        }
        Chunking chunking = pieces(word, SMALL_PIECES);
        return chunking.equals(Chunking.WHOLE) ? whole() : MemoryRun.of(prepared(), chunking, SEED, false);
    }

    /** Counts the edges, which matter only if the run passes. */
    private PlayedServer covered(PlayedServer server) {
        return new CoveredServer(server, edges);
    }

    private Chunking pieces(String word, Chunking instead) {
        Chunking chunking = Chunking.of(word);
        boolean tooLong =
                chunking.equals(Chunking.BYTES) && Stages.inMemory(scenario) && whole().received() > BYTES_MAX;
        return tooLong ? instead : chunking;
    }

    private Prepared prepared() {
        Prepared known = prepared;
        if (known == null) {
            known = Prepared.of(scenario);
            prepared = known;
        }
        return known;
    }

    /** Returns the run with nothing cut, which tells where the messages end. */
    private RunResult whole() {
        RunResult known = whole;
        if (known == null) {
            known = MemoryRun.of(prepared(), Chunking.WHOLE, SEED, true, this::covered);
            whole = known;
        }
        return known;
    }

    private Verdict failed(String word, RunResult result) {
        return failed(word, result.problems().get(0), details(result));
    }

    private static String details(RunResult result) {
        var text = new StringBuilder();
        for (String problem : result.problems().subList(1, result.problems().size())) {
            text.append("  and: ").append(problem).append('\n');
        }
        return text.append(result.transcript()).toString();
    }

    private Verdict failed(String word, String problem, String details) {
        String text = "scenario " + scenario.name() + " (" + scenario.source().file() + ", script from line "
                + scenario.source().scriptLine() + "), " + word + ": " + problem + "\n" + details
                + "  repeat: ./pgreel scenarios " + scenario.name() + " --run --chunkings " + word + "\n";
        return new Verdict.Failed(scenario.name(), word, problem, text);
    }
}
