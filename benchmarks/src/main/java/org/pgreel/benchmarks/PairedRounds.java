package org.pgreel.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Compares variants of one piece of work in many short rounds of one run: each round does every variant's work once, in
 * random order, and gives one ratio to the first variant. The median of the ratios is insensitive to a machine whose
 * speed changes from second to second.
 */
final class PairedRounds {
    /** Any seed; printed with the result so that the order can be repeated. */
    private static final long SEED = 20261121;

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Random order = new Random(SEED);
    private final Map<String, Runnable> variants;
    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
    private final Map<String, List<Long>> processor = new LinkedHashMap<>();
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    /**
     * Prepares the comparison.
     *
     * @param variants the work of each variant, a millisecond long or less; the first is what the others are compared with
     */
    PairedRounds(Map<String, Runnable> variants) {
        this.variants = new LinkedHashMap<>(variants);
        for (String name : variants.keySet()) {
            nanos.put(name, new ArrayList<>());
            processor.put(name, new ArrayList<>());
        }
    }

    /** Does rounds that do not count, until the runtime has compiled what is hot. */
    void warmUp(LongSupplier processorNanos) {
        long warm = System.nanoTime() + WARM_UP_NANOS * variants.size();
        while (System.nanoTime() < warm) {
            round(processorNanos);
        }
        nanos.values().forEach(List::clear);
        processor.values().forEach(List::clear);
    }

    /**
     * Does rounds that count.
     *
     * @param processorNanos tells how much processor time the threads that do the work have used so far
     */
    void run(int rounds, LongSupplier processorNanos) {
        for (int round = 0; round < rounds; round++) {
            round(processorNanos);
        }
    }

    private void round(LongSupplier processorNanos) {
        List<Map.Entry<String, Runnable>> shuffled = new ArrayList<>(variants.entrySet());
        Collections.shuffle(shuffled, order);
        for (Map.Entry<String, Runnable> variant : shuffled) {
            long used = processorNanos.getAsLong();
            long begun = System.nanoTime();
            variant.getValue().run();
            of(nanos, variant.getKey()).add(System.nanoTime() - begun);
            of(processor, variant.getKey()).add(processorNanos.getAsLong() - used);
        }
    }

    /**
     * Prints the result of all rounds that counted.
     *
     * @param operations how many operations the work of a round is
     */
    void print(int operations) {
        String first = variants.keySet().iterator().next();
        int rounds = of(nanos, first).size();
        out.printf(Locale.ROOT, "%d rounds of %d operations, seed %d%n", rounds, operations, SEED);
        for (String variant : variants.keySet()) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ratios.add((double) of(nanos, first).get(round)
                        / of(nanos, variant).get(round));
            }
            out.printf(
                    Locale.ROOT,
                    "%-10s %6.0f/s, throughput to %s: median %.3f (quartiles %.3f and %.3f); processor time"
                            + " %.2f us each%n",
                    variant,
                    operations * 1e9 / quantile(asDoubles(of(nanos, variant)), 0.5),
                    first,
                    quantile(ratios, 0.5),
                    quantile(ratios, 0.25),
                    quantile(ratios, 0.75),
                    quantile(asDoubles(of(processor, variant)), 0.5) / operations / 1e3);
        }
    }

    private static List<Long> of(Map<String, List<Long>> times, String variant) {
        return Objects.requireNonNull(times.get(variant), variant);
    }

    private static List<Double> asDoubles(List<Long> values) {
        return values.stream().map(Long::doubleValue).toList();
    }

    private static double quantile(List<Double> values, double part) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.round(part * (sorted.size() - 1)));
    }
}
