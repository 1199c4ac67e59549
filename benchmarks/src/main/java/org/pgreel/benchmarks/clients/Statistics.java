package org.pgreel.benchmarks.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is made of the figures of many rounds. */
final class Statistics {
    private Statistics() {}

    /** The middle half of some figures. */
    record Spread(double low, double median, double high) {}

    /**
     * Returns a quantile, between the two nearest figures where it falls between them.
     *
     * @throws IllegalArgumentException if there is no figure
     */
    static double quantile(List<Double> figures, double part) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figures, so no quantile");
        }
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        double at = part * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }

    static Spread spread(List<Double> figures) {
        return new Spread(quantile(figures, 0.25), quantile(figures, 0.5), quantile(figures, 0.75));
    }

    /**
     * Returns the ratio of each round's two figures: what the speed of the machine does to both cancels out.
     *
     * @throws IllegalArgumentException if the rounds do not pair
     */
    static List<Double> paired(List<Double> figures, List<Double> others) {
        if (figures.size() != others.size()) {
            throw new IllegalArgumentException(figures.size() + " rounds do not pair with " + others.size());
        }
        List<Double> ratios = new ArrayList<>(figures.size());
        for (int round = 0; round < figures.size(); round++) {
            ratios.add(figures.get(round) / others.get(round));
        }
        return ratios;
    }
}
