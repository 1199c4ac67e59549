package org.pgreel.benchmarks.pgreel;

import java.util.List;
import java.util.concurrent.Future;
import org.pgreel.benchmarks.peer.InFlight;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Session;
import org.pgreel.protocol.wire.Bytes;

/** One row by its key, again and again, a number of queries in flight; the answers let the next go, on the event loop. */
final class PointQueries implements Work {

    private static final int INT4 = 23;

    private final Session session;
    private final int depth;

    PointQueries(Session session, int depth) {
        this.session = session;
        this.depth = depth;
    }

    @Override
    public long run(Round round) throws Exception {
        InFlight queries = new InFlight(round, depth) {
            @Override
            protected void ask(int key) {
                Future<?> unused = session.query(point(key)).whenComplete((result, failure) -> {
                    if (failure == null) {
                        answered(Columns.points(result));
                    } else {
                        failed(failure);
                    }
                });
            }
        };
        // The first queries leave from the event loop too: nothing else may touch the round.
        Future<?> unused = session.query("").whenComplete((result, failure) -> queries.begin());
        return queries.await();
    }

    static ParameterizedQuery point(int key) {
        byte[] id = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
        return new ParameterizedQuery(Items.POINT, List.of(Parameter.binary(INT4, Bytes.wrap(id))), true);
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
