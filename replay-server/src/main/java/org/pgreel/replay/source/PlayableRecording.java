package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a replay server can play: the connections of one recording, with what ties them to each other.
 *
 * <p>An immutable value, held in memory but for large answers.
 *
 * @param connections the connections in the order of the recording; cancel requests and connections that sent no
 *     StartupMessage are not among them
 */
public record PlayableRecording(List<PlayableConnection> connections) {

    /** Copies the list. */
    public PlayableRecording {
        connections = List.copyOf(connections);
    }

    /**
     * Makes recorded connections playable. They must come from one run of a recorder: their process ids and times are
     * compared with each other.
     *
     * @throws UnplayableException if none of them holds a StartupMessage
     */
    public static PlayableRecording of(List<RecordedConnection> recorded) {
        var decoded = new ArrayList<DecodedConnection>();
        for (RecordedConnection connection : recorded) {
            var decoder = new ConnectionDecoder(new ConnectionDecoder.Numbers());
            for (RecordedConnection.Chunk chunk : connection.chunks()) {
                decoder.chunk(chunk.direction(), chunk.bytes(), chunk.nanos());
            }
            decoded.add(new DecodedConnection(
                    connection.id(), "", decoder, connection.ending(), connection.endNanos(), List.of()));
        }
        return join(decoded);
    }

    static PlayableRecording join(List<DecodedConnection> decoded) {
        var gates = new GateLinker(decoded);
        var times = new RecordedTimes(decoded);
        var playable = new ArrayList<PlayableConnection>();
        for (DecodedConnection connection : decoded) {
            if (connection.decoder().started()) {
                playable.add(connection.playable(gates, times));
            }
        }
        if (playable.isEmpty()) {
            throw new UnplayableException(
                    "The recording holds no connection that can be played: none of them sent a StartupMessage.");
        }
        return new PlayableRecording(playable);
    }
}
