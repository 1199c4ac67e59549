package org.pgreel.benchmarks.pgreel;

import java.util.List;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.client.Session;

/** All rows of the large table, whole. */
final class Scan implements Work {

    private static final ParameterizedQuery ALL =
            ParameterizedQuery.of(Items.SCAN, List.of()).withBinaryResults();

    private final Session session;

    Scan(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            for (Row row : PgReelPeer.await(session.query(ALL))) {
                sum += Columns.item(row);
            }
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
