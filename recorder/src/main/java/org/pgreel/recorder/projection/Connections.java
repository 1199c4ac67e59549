package org.pgreel.recorder.projection;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where all connections of a session stand. Its fold owns it; whoever keeps one that a fold goes on with takes a
 * {@link #copy}.
 */
public final class Connections {

    private final SortedMap<Integer, ConnectionState> byOrdinal = new TreeMap<>();
    private Counts counts = Counts.NONE;
    private int current = 1;

    Connections() {}

    Connections(Map<Integer, ConnectionState> byOrdinal, Counts counts, int current) {
        this.byOrdinal.putAll(byOrdinal);
        this.counts = counts;
        this.current = current;
    }

    /** Returns a state that stays as it is when this one goes on. */
    public Connections copy() {
        Connections copy = new Connections(Map.of(), counts, current);
        byOrdinal.forEach((ordinal, connection) -> copy.byOrdinal.put(ordinal, connection.copy()));
        return copy;
    }

    /** Returns the connections by their ordinals within the session, from 1. */
    public SortedMap<Integer, ConnectionState> byOrdinal() {
        return Collections.unmodifiableSortedMap(byOrdinal);
    }

    /** Returns how much was said on all of them. */
    public Counts counts() {
        return counts;
    }

    /** Returns the ordinal of the connection that the last message came on. */
    public int current() {
        return current;
    }

    ConnectionState connection(int ordinal) {
        return byOrdinal.computeIfAbsent(ordinal, missing -> new ConnectionState());
    }

    void counted(Counts newCounts, int newCurrent) {
        counts = newCounts;
        current = newCurrent;
    }
}
