package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** A statement with parameters: Parse, Bind, Describe, Execute and a Sync of its own. */
final class ParameterizedQueryOperation extends Operation<QueryResult> {

    private static final String UNNAMED = "";
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, UNNAMED);
    private static final Execute EXECUTE = new Execute(UNNAMED, 0);
    private static final Sync SYNC = new Sync();

    ParameterizedQueryOperation(ParameterizedQuery query, @Nullable RowDelivery rows) {
        super(query.sql(), messages(query), rows);
    }

    private static List<FrontendMessage> messages(ParameterizedQuery query) {
        List<FrontendMessage> messages = new ArrayList<>(binding(query));
        messages.add(EXECUTE);
        messages.add(SYNC);
        return messages;
    }

    /** Returns Parse, Bind and Describe for the unnamed portal. */
    static List<FrontendMessage> binding(ParameterizedQuery query) {
        if (SqlText.firstWord(query.sql()).equals("COPY")) {
            // A Sync behind COPY FROM STDIN is swallowed by the server, so the session could not tell where it stands.
            throw new IllegalArgumentException("COPY takes no parameters: use query(String) or copyIn");
        }
        List<Integer> types = new ArrayList<>();
        List<Integer> formats = new ArrayList<>();
        List<@Nullable Bytes> values = new ArrayList<>();
        for (Parameter parameter : query.parameters()) {
            types.add(parameter.typeOid());
            formats.add(parameter.binary() ? FormatCode.BINARY : FormatCode.TEXT);
            values.add(parameter.value());
        }
        List<Integer> resultFormats = query.binaryResults() ? List.of(FormatCode.BINARY) : List.of();
        return List.of(
                new Parse(UNNAMED, query.sql(), types),
                new Bind(UNNAMED, UNNAMED, formats, Values.of(values), resultFormats),
                DESCRIBE);
    }

    @Override
    String kind() {
        return "parameterized-query";
    }

    @Override
    boolean leavesRoomBehind() {
        return true;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    QueryResult result() {
        return results().results().get(0);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        // The Sync that was sent behind Execute is swallowed; this one brings the ReadyForQuery.
        outbound.send(new CopyFail("COPY takes no parameters: use copyIn"));
        outbound.send(SYNC);
    }
}
