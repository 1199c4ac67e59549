package org.pgreel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgreel.scenarios.sweep.Exploration;
import org.pgreel.scenarios.sweep.Fault;
import org.pgreel.scenarios.sweep.Plant;
import org.pgreel.scenarios.sweep.Shrinker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgreel explore}: sessions, networks and faults by seed, until the time is over or something is broken. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = {
            "Plays sessions of random operations to PgReel's own client, in a simulation, over networks that delay, cut, join",
            "and lose, with up to two faults. Stops at the first broken invariant, prints its seed, and exits with 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgreel explore --budget 60s", "  pgreel explore --seed 4711 --runs 1"})
final class ExploreCommand implements Callable<Integer> {

    @Option(names = "--budget", paramLabel = "TIME", description = "How long it runs, as 60s or 5m. Default: 60s.")
    private String budget = "60s";

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How many runs at most. Default: as many as the time allows.")
    private long runs = Long.MAX_VALUE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The first run's seed; each run has the next. Default: 0.")
    private long seed;

    @Option(
            names = "--shrink",
            paramLabel = "DIR",
            description = "Write what is broken there, as the smallest scenario and a JUnit test.")
    private @Nullable Path directory;

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Duration limit = Budget.of(budget);
        var clock = new SweepClock();
        var exploration = new Exploration(Plant.NONE);
        if (coverage.wanted()) {
            exploration.covering(coverage.counts());
        }
        Exploration.Found found = null;
        long done = 0;
        while (found == null && done < runs && clock.seconds() < limit.toMillis() / 1000.0) {
            found = exploration.run(seed + done).orElse(null);
            done++;
        }
        coverage.write("explore");
        PrintWriter out = spec.commandLine().getOut();
        print(out, found, done, Math.round(done / Math.max(1e-9, clock.processorSeconds())));
        out.flush();
        return found == null ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private void print(PrintWriter out, Exploration.@Nullable Found found, long done, long perSecond) {
        List<Path> written = found == null ? List.of() : shrunk(found);
        if (output.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("runs", done);
            document.put("broken", found == null ? 0 : 1);
            document.put("runsPerSecond", perSecond);
            document.put("firstSeed", seed);
            document.put("brokenSeed", found == null ? null : found.seed());
            document.put("invariant", found == null ? null : found.invariant().name());
            document.put("sentence", found == null ? null : found.sentence());
            document.put("files", written.stream().map(Path::toString).toList());
            out.println(Json.line(document));
            return;
        }
        if (found != null) {
            out.println(output.paint().bad("broken") + ": seed " + found.seed() + ", " + found.faults() + ": "
                    + found.sentence() + " [" + found.invariant().name() + "]");
            out.println("repeat: ./pgreel explore --seed " + found.seed() + " --runs 1");
            written.forEach(file -> out.println("written: " + file));
        }
        String verdict = done + (done == 1 ? " run" : " runs") + " from seed " + seed + ", "
                + (found == null ? "none" : "one") + " broken";
        out.println(output.paint().verdict(found == null, verdict) + "; " + perSecond
                + " runs a second of one processor's time");
    }

    private List<Path> shrunk(Exploration.Found found) {
        Path into = directory;
        List<Fault> enough = found.enough();
        if (into == null || enough == null) {
            return List.of();
        }
        Optional<Shrinker.Shrunk> shrunk =
                new Shrinker(found.subject(), enough, found.invariant(), Plant.NONE).shrink();
        return shrunk.map(smallest -> ShrunkFiles.write(smallest, into)).orElse(List.of());
    }
}
