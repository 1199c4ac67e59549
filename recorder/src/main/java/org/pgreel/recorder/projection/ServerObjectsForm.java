package org.pgreel.recorder.projection;

import static org.pgreel.recorder.projection.SnapshotCodec.count;
import static org.pgreel.recorder.projection.SnapshotCodec.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the server holds for a connection, as bytes; see {@link SnapshotCodec}. */
final class ServerObjectsForm {

    private ServerObjectsForm() {}

    static void write(ServerObjects objects, DataOutputStream out) throws IOException {
        out.writeInt(objects.parameters.size());
        for (Map.Entry<String, String> parameter : objects.parameters.entrySet()) {
            text(parameter.getKey(), out);
            text(parameter.getValue(), out);
        }
        out.writeInt(objects.statements.size());
        for (Map.Entry<String, PreparedStatement> statement : objects.statements.entrySet()) {
            text(statement.getKey(), out);
            text(statement.getValue().sql(), out);
            types(statement.getValue().parameterTypes(), out);
            out.writeLong(statement.getValue().message());
        }
        out.writeInt(objects.portals.size());
        for (Map.Entry<String, Portal> portal : objects.portals.entrySet()) {
            text(portal.getKey(), out);
            text(portal.getValue().statement(), out);
            text(portal.getValue().sql(), out);
            out.writeLong(portal.getValue().message());
        }
        out.writeInt(objects.channels.size());
        for (String channel : objects.channels) {
            text(channel, out);
        }
        out.writeInt(objects.untilCommit.size());
        for (List<String> change : objects.untilCommit) {
            text(change.get(0), out);
            text(change.get(1), out);
        }
        out.writeBoolean(objects.rolledBack);
    }

    static ServerObjects read(DataInputStream in) throws IOException {
        ServerObjects objects = new ServerObjects();
        for (int i = count(in); i > 0; i--) {
            objects.parameters.put(text(in), text(in));
        }
        for (int i = count(in); i > 0; i--) {
            objects.statements.put(text(in), new PreparedStatement(text(in), types(in), in.readLong()));
        }
        for (int i = count(in); i > 0; i--) {
            objects.portals.put(text(in), new Portal(text(in), text(in), in.readLong()));
        }
        for (int i = count(in); i > 0; i--) {
            objects.channels.add(text(in));
        }
        for (int i = count(in); i > 0; i--) {
            objects.untilCommit.add(List.of(text(in), text(in)));
        }
        objects.rolledBack = in.readBoolean();
        return objects;
    }

    static void types(List<Integer> types, DataOutputStream out) throws IOException {
        out.writeInt(types.size());
        for (int type : types) {
            out.writeInt(type);
        }
    }

    static List<Integer> types(DataInputStream in) throws IOException {
        List<Integer> types = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            types.add(in.readInt());
        }
        return types;
    }
}
