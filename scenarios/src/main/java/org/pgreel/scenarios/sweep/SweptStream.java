package org.pgreel.scenarios.sweep;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.coverage.Edge;

/**
 * One direction of one connection of a session in which nothing went wrong. Immutable.
 *
 * @param connection the connection's number in the session, from 1
 * @param direction whose bytes they are
 * @param bytes all of them
 * @param boundaries where messages begin, and where the last one ends
 * @param names the messages' names
 * @param edges which edge of the conversation matrix each message is
 * @param behind the row of the matrix right behind each message, before the other side has answered
 */
public record SweptStream(
        int connection,
        Direction direction,
        Bytes bytes,
        List<Integer> boundaries,
        List<String> names,
        List<Edge> edges,
        List<String> behind) {
    /** Copies the lists. */
    public SweptStream {
        boundaries = List.copyOf(boundaries);
        names = List.copyOf(names);
        edges = List.copyOf(edges);
        behind = List.copyOf(behind);
    }

    /** Returns how many points it has: bytes and boundaries. */
    public int points() {
        return bytes.length() + boundaries.size();
    }

    /** Returns the name of the message in which that byte stands, or which begins there; "end" behind the last. */
    public String nameAt(int offset) {
        return offset >= bytes.length() ? "end" : names.get(messageAt(offset));
    }

    /** Returns the number of the message in which that byte stands, from 0. */
    public int messageAt(int offset) {
        int at = java.util.Collections.binarySearch(boundaries, offset);
        return at >= 0 ? at : -at - 2;
    }

    /** Returns a message as the notation names it among those of its kind, as {@code B DataRow #2}. */
    public String place(int message) {
        String name = names.get(message);
        long number =
                names.subList(0, message + 1).stream().filter(name::equals).count();
        return direction.letter() + " " + name + " #" + number;
    }
}
