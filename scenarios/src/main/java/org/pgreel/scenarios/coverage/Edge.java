package org.pgreel.scenarios.coverage;

import org.pgreel.protocol.wire.Direction;

/**
 * One message in one state of the conversation. Immutable.
 *
 * @param state a row of the matrix, as {@link MatrixStates} names it
 * @param from who sends the message
 * @param message which, as {@link MatrixMessages} names it
 */
public record Edge(String state, Direction from, String message) implements Comparable<Edge> {
    /** By state, sender and message. */
    @Override
    public int compareTo(Edge other) {
        int byState = state.compareTo(other.state);
        int bySender = byState != 0 ? byState : from.compareTo(other.from);
        return bySender != 0 ? bySender : message.compareTo(other.message);
    }

    /** Returns {@code STATE: > MESSAGE}, or {@code <} where the backend sends it. */
    @Override
    public String toString() {
        return state + ": " + (from == Direction.FRONTEND ? "> " : "< ") + message;
    }
}
