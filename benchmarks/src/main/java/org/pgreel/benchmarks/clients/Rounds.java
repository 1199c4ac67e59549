package org.pgreel.benchmarks.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.pgreel.benchmarks.peer.Measurement;
import org.pgreel.benchmarks.peer.Workload;

/** All rounds of one workload at one site, by contender; the n-th rounds of all were next to each other in time. */
final class Rounds {

    private final Workload workload;
    private final Site site;
    private final Map<Contender, List<Measurement>> measured = new LinkedHashMap<>();

    Rounds(Workload workload, Site site) {
        this.workload = workload;
        this.site = site;
    }

    Workload workload() {
        return workload;
    }

    Site site() {
        return site;
    }

    void add(Contender contender, Measurement measurement) {
        measured.computeIfAbsent(contender, first -> new ArrayList<>()).add(measurement);
    }

    /** Returns who took part, in the order of the report. */
    List<Contender> contenders() {
        List<Contender> all = new ArrayList<>(Contender.all());
        all.retainAll(measured.keySet());
        return Collections.unmodifiableList(all);
    }

    private List<Double> figures(Contender contender, ToDoubleFunction<Measurement> figure) {
        return Objects.requireNonNull(measured.get(contender), contender.name()).stream()
                .map(figure::applyAsDouble)
                .toList();
    }

    /** Returns operations a second. */
    Statistics.Spread perSecond(Contender contender) {
        return Statistics.spread(figures(contender, Measurement::perSecond));
    }

    /** Returns the throughput of one in units of the other's, of paired rounds. */
    Statistics.Spread ratio(Contender contender, Contender other) {
        return Statistics.spread(
                Statistics.paired(figures(contender, Measurement::perSecond), figures(other, Measurement::perSecond)));
    }

    /** Returns the median of the rounds' medians or other quantiles, in microseconds. */
    double micros(Contender contender, ToDoubleFunction<Measurement> nanos) {
        return Statistics.quantile(figures(contender, nanos), 0.5) / 1e3;
    }

    /** Returns the processor time of one operation in microseconds: of all rounds together, since it comes in steps. */
    double processorMicros(Contender contender) {
        return total(contender, Measurement::processorNanos) / total(contender, Measurement::operations) / 1e3;
    }

    /** Returns the bytes allocated for one operation. */
    double allocated(Contender contender) {
        return total(contender, Measurement::allocated) / total(contender, Measurement::operations);
    }

    private double total(Contender contender, ToDoubleFunction<Measurement> figure) {
        return figures(contender, figure).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
