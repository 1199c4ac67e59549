package org.pgreel.session;

import java.util.List;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Query;

/** COPY TO STDOUT by the simple protocol, its data given to a receiver. */
final class CopyOutOperation extends Operation<QueryResult> {

    private final CopyDelivery data;

    CopyOutOperation(String sql, CopyDelivery data) {
        super(sql, List.of(new Query(sql)), data);
        this.data = data;
    }

    @Override
    String kind() {
        return "copy-out";
    }

    /** Any statement may turn out to be COPY FROM STDIN, which takes whatever comes next for its data. */
    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return false;
    }

    @Override
    void copyOutBegins(CopyOutResponse format) {
        data.begin(format);
    }

    /** Takes a CopyData's body as it is. */
    void copied(byte[] buffer, int from, int to) {
        data.data(buffer, from, to);
    }

    @Override
    void row(DataRow row) {
        data.fail("the statement gives rows and no COPY data: use query", null);
    }

    @Override
    void acknowledged(BackendMessage message) {
        if (message instanceof CopyDone) {
            data.completed();
        }
    }

    @Override
    void copyInAsked(Outbound outbound) {
        outbound.send(new CopyFail("no data was given for COPY FROM STDIN: use copyIn"));
    }

    @Override
    QueryResult result() {
        List<QueryResult> all = results().results();
        return all.get(all.size() - 1);
    }
}
