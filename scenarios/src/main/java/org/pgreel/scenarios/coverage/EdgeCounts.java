package org.pgreel.scenarios.coverage;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which edges of the matrix runs have exercised, how often, and which faults struck on them. Counts of several runs add
 * up. Safe for use by several threads.
 */
public final class EdgeCounts {
    private final Map<Edge, Long> edges = new TreeMap<>();
    private final Map<Edge, Map<String, Long>> faults = new TreeMap<>();
    private final TreeSet<String> runs = new TreeSet<>();

    /** Nothing was exercised yet. */
    public EdgeCounts() {}

    /** A run of that name contributes. */
    public synchronized void run(String name) {
        runs.add(name);
    }

    /** An edge was exercised. */
    public void exercised(Edge edge) {
        exercised(edge, 1);
    }

    /** An edge was exercised so often. */
    public synchronized void exercised(Edge edge, long times) {
        edges.merge(edge, times, Long::sum);
    }

    /** A fault struck on the message of an edge. */
    public void struck(Edge edge, String effect) {
        struck(edge, effect, 1);
    }

    /** A fault struck so often on the message of an edge. */
    public synchronized void struck(Edge edge, String effect, long times) {
        faults.computeIfAbsent(edge, key -> new TreeMap<>()).merge(effect, times, Long::sum);
    }

    /** Adds what other runs have exercised. */
    public void add(EdgeCounts other) {
        Map<Edge, Long> others = other.edges();
        Map<Edge, Map<String, Long>> struck = other.faults();
        other.runs().forEach(this::run);
        others.forEach(this::exercised);
        struck.forEach((edge, effects) -> effects.forEach((effect, times) -> struck(edge, effect, times)));
    }

    /** Returns the names of the runs. */
    public synchronized java.util.Set<String> runs() {
        return Collections.unmodifiableSet(new TreeSet<>(runs));
    }

    /** Returns how often each edge was exercised. */
    public synchronized Map<Edge, Long> edges() {
        return new TreeMap<>(edges);
    }

    /** Returns how often each effect struck on each edge. */
    public synchronized Map<Edge, Map<String, Long>> faults() {
        Map<Edge, Map<String, Long>> copy = new TreeMap<>();
        faults.forEach((edge, effects) -> copy.put(edge, new TreeMap<>(effects)));
        return copy;
    }

    /** Tells whether the edge was exercised. */
    public synchronized boolean has(Edge edge) {
        return edges.containsKey(edge);
    }
}
