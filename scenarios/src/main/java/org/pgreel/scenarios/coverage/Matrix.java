package org.pgreel.scenarios.coverage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.wire.Direction;

/** All edges: each message that can be said in each state of the matrix, and whether it is legal there. */
public final class Matrix {
    private static final Map<Edge, Boolean> EDGES = edges();

    private Matrix() {}

    private static Map<Edge, Boolean> edges() {
        Map<Edge, Boolean> edges = new LinkedHashMap<>();
        for (MatrixStates.Row row : MatrixStates.all()) {
            Conversation at = row.fold();
            for (Direction from : Direction.values()) {
                MatrixMessages.of(from).forEach((name, sample) -> {
                    if (MatrixStates.sayable(row, from, name)) {
                        boolean legal = !at.after(from, sample.message()).isViolated();
                        edges.put(new Edge(row.name(), from, name), legal);
                    }
                });
            }
        }
        return Collections.unmodifiableMap(edges);
    }

    /** Returns all edges, in the matrix's order, and whether each is legal. */
    public static Map<Edge, Boolean> all() {
        return EDGES;
    }

    /** Returns those of a state, in the matrix's order. */
    public static List<Edge> of(String state) {
        var edges = new ArrayList<Edge>();
        for (Edge edge : EDGES.keySet()) {
            if (edge.state().equals(state)) {
                edges.add(edge);
            }
        }
        return edges;
    }

    /** Tells whether the edge is one of the matrix. */
    public static boolean has(Edge edge) {
        return EDGES.containsKey(edge);
    }

    /** Tells whether the message is legal in that state. */
    public static boolean legal(Edge edge) {
        return EDGES.getOrDefault(edge, false);
    }
}
