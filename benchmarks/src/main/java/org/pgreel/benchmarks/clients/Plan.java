package org.pgreel.benchmarks.clients;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.pgreel.benchmarks.peer.Workload;

/**
 * What is measured and how long.
 *
 * @param workloads which
 * @param sites at which servers
 * @param contenders the names of those who take part, in small letters; empty for all
 * @param rounds how many rounds count
 * @param seconds how long a round of PgReel takes
 * @param warmUpSeconds how long each contender warms up before each workload
 * @param rows how many rows the large table has
 * @param seed what orders and keys are drawn from
 * @param flags the flags of every JVM that is measured
 * @param out where the report goes
 */
record Plan(
        List<Workload> workloads,
        List<Site> sites,
        List<String> contenders,
        int rounds,
        double seconds,
        double warmUpSeconds,
        int rows,
        long seed,
        List<String> flags,
        Path out) {

    static final String USAGE = """
            benchmarks/run clients [--quick] [--workloads W1,W2] [--sites postgres,canned] [--contenders pgreel,pgjdbc]
                                   [--rounds N] [--seconds S] [--warm-up S] [--rows N] [--seed N] [--gc Parallel|G1]
                                   [--jvm FLAG,FLAG] [--out DIRECTORY]
            """;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("--workloads", ""),
            Map.entry("--sites", ""),
            Map.entry("--contenders", ""),
            Map.entry("--rounds", "15"),
            Map.entry("--seconds", "0.3"),
            Map.entry("--warm-up", "2"),
            Map.entry("--rows", "1000000"),
            Map.entry("--seed", "20261121"),
            Map.entry("--gc", "Parallel"),
            Map.entry("--jvm", ""),
            Map.entry("--out", "benchmarks/target/clients"));

    /** Long enough to see that everything works, not to measure anything. */
    private static final Map<String, String> QUICK =
            Map.of("--rounds", "1", "--seconds", "0.01", "--warm-up", "0", "--rows", "20000");

    /** Heap as for a small service, and what Chronicle Queue needs, for all alike. */
    private static final List<String> FLAGS = List.of(
            "-Xms1536m",
            "-Xmx1536m",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if there is something in it that is not in {@link #USAGE}
     */
    static Plan parse(List<String> arguments) {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            if (option.equals("--quick")) {
                options.putAll(QUICK);
            } else if (!DEFAULTS.containsKey(option)) {
                throw new IllegalArgumentException("no option " + option);
            } else if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(option + " has no value");
            } else {
                options.put(option, arguments.get(++i));
            }
        }
        return of(options);
    }

    private static Plan of(Map<String, String> options) {
        List<Workload> workloads =
                words(options, "--workloads").map(Workload::of).toList();
        List<Site> sites = words(options, "--sites")
                .map(name -> Site.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
        return new Plan(
                workloads.isEmpty() ? List.of(Workload.values()) : workloads,
                sites.isEmpty() ? List.of(Site.values()) : sites,
                words(options, "--contenders")
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                Integer.parseInt(options.get("--rounds")),
                Double.parseDouble(options.get("--seconds")),
                Double.parseDouble(options.get("--warm-up")),
                Integer.parseInt(options.get("--rows")),
                Long.parseLong(options.get("--seed")),
                Stream.of(Stream.of("-XX:+Use" + options.get("--gc") + "GC"), FLAGS.stream(), words(options, "--jvm"))
                        .flatMap(flags -> flags)
                        .toList(),
                Path.of(options.get("--out")));
    }

    private static Stream<String> words(Map<String, String> options, String option) {
        return Arrays.stream(options.getOrDefault(option, "").split(",")).filter(word -> !word.isEmpty());
    }

    /** Tells whether a contender takes part. */
    boolean includes(Contender contender) {
        String name = contender.name().toLowerCase(Locale.ROOT);
        return contenders.isEmpty() || contenders.stream().anyMatch(name::equals);
    }
}
