package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.source.ExpectedMessage;
import org.pgreel.replay.source.PlayableConnection;

/**
 * What came before what on different recorded connections: an answer that had ended on one before a message was sent on
 * another. Of the answers of one connection only the last counts, and only where it is a later one than for the message
 * before.
 */
final class RecordedOrder {

    /**
     * A message waits for another connection.
     *
     * @param message the message's index among those of its connection, from 0
     * @param other the other connection
     * @param releases how many of its answers come before
     */
    record Edge(int message, RecordedConnectionId other, int releases) {}

    private final Map<RecordedConnectionId, List<Edge>> edges = new HashMap<>();

    RecordedOrder(List<PlayableConnection> connections) {
        for (PlayableConnection connection : connections) {
            edges.put(connection.id(), edges(connection, connections));
        }
    }

    /** Returns what the messages of a connection wait for, in the order of the messages. */
    List<Edge> of(RecordedConnectionId connection) {
        return edges.getOrDefault(connection, List.of());
    }

    private static List<Edge> edges(PlayableConnection connection, List<PlayableConnection> all) {
        var found = new ArrayList<Edge>();
        int[] ended = new int[all.size()];
        List<ExpectedMessage> messages = connection.frontend();
        for (int message = 0; message < messages.size(); message++) {
            long sent = messages.get(message).recordedAt();
            for (int i = 0; i < all.size(); i++) {
                PlayableConnection other = all.get(i);
                int before = ended[i];
                while (ended[i] < other.releases().size()
                        && other.releases().get(ended[i]).endedAt() < sent) {
                    ended[i]++;
                }
                if (ended[i] > before && !other.id().equals(connection.id())) {
                    found.add(new Edge(message, other.id(), ended[i]));
                }
            }
        }
        return found;
    }
}
