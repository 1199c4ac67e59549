package org.pgreel.session;

import java.util.List;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.wire.Bytes;

/** COPY FROM STDIN by the simple protocol, with its data. */
final class CopyInOperation extends Operation<QueryResult> {

    /** Large enough to be cheap, small enough for the transport to hold a few of them. */
    private static final int CHUNK = 64 << 10;

    private final byte[] data;
    private int position;
    private boolean feeding;
    private boolean fed;

    CopyInOperation(String sql, byte[] data) {
        super(sql, List.of(new Query(sql)));
        this.data = data;
    }

    @Override
    String kind() {
        return "copy-in";
    }

    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return false;
    }

    @Override
    QueryResult result() {
        List<QueryResult> all = results().results();
        return all.get(all.size() - 1);
    }

    @Override
    void copyInAsked(Outbound outbound) {
        if (fed) {
            outbound.send(new CopyFail("a second COPY FROM STDIN in one text has no data: call copyIn for each"));
            return;
        }
        fed = true;
        feeding = true;
        proceed(outbound);
    }

    @Override
    void proceed(Outbound outbound) {
        while (feeding && !hasFailed() && outbound.takesMore()) {
            int to = Math.min(data.length, position + CHUNK);
            if (position < to) {
                outbound.send(new CopyData(Bytes.wrap(data, position, to)));
                position = to;
            }
            if (position == data.length) {
                outbound.send(new CopyDone());
                feeding = false;
            }
            outbound.transmit();
        }
    }
}
