package org.pgreel.recorder.projection;

import static org.pgreel.recorder.projection.SnapshotCodec.count;
import static org.pgreel.recorder.projection.SnapshotCodec.name;
import static org.pgreel.recorder.projection.SnapshotCodec.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.ConversationCodec;
import org.pgreel.protocol.wire.Direction;

/** Writes where connections stand, and reads it back; see {@link SnapshotCodec}. */
final class ConnectionsCodec {

    private ConnectionsCodec() {}

    static void write(Connections connections, DataOutputStream out) throws IOException {
        Counts counts = connections.counts();
        out.writeLong(counts.frontendMessages());
        out.writeLong(counts.backendMessages());
        out.writeLong(counts.frontendBytes());
        out.writeLong(counts.backendBytes());
        out.writeLong(counts.statements());
        out.writeInt(connections.current());
        out.writeInt(connections.byOrdinal().size());
        for (Map.Entry<Integer, ConnectionState> connection :
                connections.byOrdinal().entrySet()) {
            out.writeInt(connection.getKey());
            write(connection.getValue(), out);
        }
    }

    static Connections read(DataInputStream in) throws IOException {
        Counts counts = new Counts(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        int current = in.readInt();
        Map<Integer, ConnectionState> byOrdinal = new TreeMap<>();
        for (int i = count(in); i > 0; i--) {
            int ordinal = in.readInt();
            byOrdinal.put(ordinal, readConnection(in));
        }
        return new Connections(byOrdinal, counts, current);
    }

    private static void write(ConnectionState connection, DataOutputStream out) throws IOException {
        ServerObjectsForm.write(connection.objects(), out);
        out.writeBoolean(connection.requests().skipping());
        out.writeInt(connection.requests().owed().size());
        for (Request request : connection.requests().owed()) {
            write(request, out);
        }
        ConversationCodec.write(connection.conversation(), out);
        violation(connection.violation(), out);
        out.writeLong(connection.violations());
        ConnectionFacts facts = connection.facts();
        text(facts.user(), out);
        text(facts.database(), out);
        out.writeLong(facts.errorMessage());
        text(facts.sqlState(), out);
        text(facts.errorText(), out);
        text(facts.end(), out);
        out.writeInt(connection.completedOfQuery());
    }

    private static ConnectionState readConnection(DataInputStream in) throws IOException {
        ServerObjects objects = ServerObjectsForm.read(in);
        boolean skipping = in.readBoolean();
        List<Request> owed = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            owed.add(readRequest(in));
        }
        Conversation conversation = ConversationCodec.read(in);
        ConversationFold fold = new ConversationFold(conversation, violation(in), in.readLong());
        ConnectionFacts facts = new ConnectionFacts(text(in), text(in), in.readLong(), text(in), text(in), text(in));
        return new ConnectionState(objects, new Requests(owed, skipping), fold, facts, in.readInt());
    }

    private static void write(Request request, DataOutputStream out) throws IOException {
        out.writeLong(request.message());
        out.writeLong(request.nanos());
        out.writeUTF(request.kind().name());
        text(request.name(), out);
        text(request.statement(), out);
        text(request.sql(), out);
        ServerObjectsForm.types(request.parameterTypes(), out);
    }

    private static Request readRequest(DataInputStream in) throws IOException {
        return new Request(
                in.readLong(),
                in.readLong(),
                name(Request.Kind.class, in),
                text(in),
                text(in),
                text(in),
                ServerObjectsForm.types(in));
    }

    private static void violation(@Nullable Violation violation, DataOutputStream out) throws IOException {
        out.writeBoolean(violation != null);
        if (violation != null) {
            out.writeLong(violation.message());
            out.writeInt(violation.connection());
            out.writeUTF(violation.direction().name());
            text(violation.messageName(), out);
            text(violation.reason(), out);
            out.writeLong(violation.resumedAt());
        }
    }

    private static @Nullable Violation violation(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new Violation(
                        in.readLong(), in.readInt(), name(Direction.class, in), text(in), text(in), in.readLong())
                : null;
    }
}
