package org.pgreel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /** COPY and what may stand before it: blanks and comments. */
    private static final Pattern COPY = Pattern.compile("(?is)\\A(?:\\s|--[^\\n]*+(?:\\n|\\z)|/\\*.*?\\*/)*+copy\\b.*");

    private static final String UNNAMED = "";

    ParameterizedQueryOperation(ParameterizedQuery query) {
        super(query.sql(), messages(query));
    }

    private static List<FrontendMessage> messages(ParameterizedQuery query) {
        if (COPY.matcher(query.sql()).matches()) {
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
                new Describe(Target.PORTAL, UNNAMED),
                new Execute(UNNAMED, 0),
                new Sync());
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
    QueryResult result() {
        return results().results().get(0);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        // The Sync that was sent behind Execute is swallowed; this one brings the ReadyForQuery.
        outbound.send(new CopyFail("COPY takes no parameters: use copyIn"));
        outbound.send(new Sync());
    }
}
