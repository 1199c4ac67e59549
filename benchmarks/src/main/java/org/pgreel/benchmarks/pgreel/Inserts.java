package org.pgreel.benchmarks.pgreel;

import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.Session;
import org.pgreel.client.StatementBatch;

/** Batches of inserts, each with one Sync and so its own transaction. */
final class Inserts implements Work {

    private final Session session;
    private final StatementBatch inserts = StatementBatch.of(Items.INSERT);

    Inserts(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            inserts.clear();
            for (int i = 1; i <= Workload.BATCH; i++) {
                inserts.add(i).add(Items.amount(i)).add(Items.name(i)).endRow();
            }
            inserted += PgReelPeer.await(session.execute(inserts)).total();
        }
        return inserted;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
