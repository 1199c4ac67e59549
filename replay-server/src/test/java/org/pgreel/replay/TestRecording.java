package org.pgreel.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.source.Ending;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.source.RecordedConnection;

/** A recording made in memory, by encoding what would have passed. Each chunk is a nanosecond younger than the last. */
public final class TestRecording {
    private final List<Connection> connections = new ArrayList<>();
    private long now;

    /** A connection of a user whose database has the same name, logged in by trust, with that process id. */
    public Connection connection(String user, int processId) {
        return connection(Map.of("user", user, "database", user), processId);
    }

    public Connection connection(Map<String, String> startup, int processId) {
        return raw().sends(StartupMessage.of(StartupMessage.VERSION_3_0, startup))
                .answers(
                        new AuthenticationOk(),
                        new ParameterStatus("server_version", "18.6"),
                        new ParameterStatus("application_name", startup.getOrDefault("application_name", "")),
                        new BackendKeyData(processId, Bytes.utf8("****")),
                        ready());
    }

    /** What is added from here on came so much later. */
    public TestRecording later(Duration time) {
        now += time.toNanos();
        return this;
    }

    /** A connection without a login. */
    public Connection raw() {
        var connection = new Connection();
        connections.add(connection);
        return connection;
    }

    public void cancelOf(int processId) {
        raw().sends(new CancelRequest(processId, Bytes.utf8("****")));
    }

    public PlayableRecording playable() {
        var recorded = new ArrayList<RecordedConnection>();
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            recorded.add(new RecordedConnection(
                    new RecordedConnectionId(i + 1, 1), connection.chunks, connection.ending, now));
        }
        return PlayableRecording.of(recorded);
    }

    public static ReadyForQuery ready() {
        return new ReadyForQuery(TransactionStatus.IDLE);
    }

    /** What a server says to a query for one row of text. */
    public static BackendMessage[] row(String value) {
        return new BackendMessage[] {
            new RowDescription(List.of()), new DataRow(Values.ofText(value)), new CommandComplete("SELECT 1"), ready()
        };
    }

    public static Map<String, String> user(String name) {
        var startup = new LinkedHashMap<String, String>();
        startup.put("user", name);
        return startup;
    }

    /** One connection of the recording; what is added to it goes behind all that was added to any. */
    public final class Connection {
        private final List<RecordedConnection.Chunk> chunks = new ArrayList<>();
        private Ending.Kind ending = Ending.Kind.CLIENT;

        public Connection sends(FrontendMessage... messages) {
            return chunk(Direction.FRONTEND, messages);
        }

        public Connection answers(BackendMessage... messages) {
            return chunk(Direction.BACKEND, messages);
        }

        public Connection bytes(Direction direction, Bytes bytes) {
            chunks.add(new RecordedConnection.Chunk(direction, bytes, ++now));
            return this;
        }

        public Connection ends(Ending.Kind how) {
            ending = how;
            return this;
        }

        private Connection chunk(Direction direction, Message... messages) {
            Bytes bytes = Bytes.EMPTY;
            for (Message message : messages) {
                bytes = bytes.plus(message.toBytes());
            }
            return bytes(direction, bytes);
        }
    }
}
