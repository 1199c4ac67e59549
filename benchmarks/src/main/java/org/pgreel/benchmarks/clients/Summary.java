package org.pgreel.benchmarks.clients;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One table of all workloads, to be put into a page as it is: what PgReel does beside the fastest other library, recorded and
 * not, and what it costs.
 */
final class Summary {

    private static final String HEADER = """
            | | at | PgReel, a second | fastest other | ratio | goal | recorded in memory | to Chronicle | CPU us each | bytes each | zero work |
            | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private Summary() {}

    /**
     * Writes the table. Recorded and zero work are ratios as well: recorded to the fastest other, which does not record, PgReel
     * to zero work. Costs are PgReel's and the other's.
     */
    static String of(List<Rounds> all) {
        StringBuilder table = new StringBuilder(HEADER);
        for (Rounds rounds : all) {
            lines(rounds, table);
        }
        return table.toString();
    }

    private static void lines(Rounds rounds, StringBuilder table) {
        Optional<Contender> ours = rounds.contenders().stream()
                .filter(one -> one.kind() == Contender.Kind.OURS)
                .findFirst();
        Optional<Contender> best = Goals.best(rounds);
        if (ours.isEmpty() || best.isEmpty()) {
            return;
        }
        line(rounds, ours.get(), best.get(), table);
        Optional<Contender> arrays = find(rounds, "PgReel+arrays");
        Optional<Contender> rewriting = find(rounds, "pgjdbc+rewrite");
        arrays.ifPresent(one -> rewriting.ifPresent(other -> line(rounds, one, other, table)));
    }

    private static void line(Rounds rounds, Contender ours, Contender other, StringBuilder table) {
        boolean plain = ours.kind() == Contender.Kind.OURS;
        String goal = Goals.of(rounds).stream()
                .filter(outcome ->
                        outcome.subject().equals(ours) && outcome.against().equals(other) && !outcome.cost())
                .map(outcome -> String.format(Locale.ROOT, "%.2f", outcome.least()))
                .findFirst()
                .orElse("");
        table.append(String.format(
                Locale.ROOT,
                "| %s%s | %s | %,.0f | %s %,.0f | **%.2f** | %s | %s | %s | %.2f : %.2f | %,.0f : %,.0f | %s |%n",
                rounds.workload().label(),
                plain ? "" : ", arrays",
                rounds.site().label(),
                rounds.perSecond(ours).median(),
                other,
                rounds.perSecond(other).median(),
                rounds.ratio(ours, other).median(),
                goal,
                plain ? ratio(rounds, find(rounds, "PgReel+memory"), Optional.of(other)) : "",
                plain ? ratio(rounds, find(rounds, "PgReel+chronicle"), Optional.of(other)) : "",
                rounds.processorMicros(ours),
                rounds.processorMicros(other),
                rounds.allocated(ours),
                rounds.allocated(other),
                plain ? ratio(rounds, Optional.of(ours), find(rounds, "zero work")) : ""));
    }

    private static String ratio(Rounds rounds, Optional<Contender> one, Optional<Contender> other) {
        return one.isEmpty() || other.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        rounds.ratio(one.get(), other.get()).median());
    }

    private static Optional<Contender> find(Rounds rounds, String name) {
        return rounds.contenders().stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst();
    }
}
