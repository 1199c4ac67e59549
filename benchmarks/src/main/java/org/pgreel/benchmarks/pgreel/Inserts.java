package org.pgreel.benchmarks.pgreel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.Parameter;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Session;

/** Batches of inserts, each its own transaction. */
final class Inserts implements Work {

    private final Session session;

    Inserts(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            List<CompletableFuture<QueryResult>> all = new ArrayList<>(Workload.BATCH);
            Future<?> unused = session.query("BEGIN");
            for (int i = 1; i <= Workload.BATCH; i++) {
                all.add(session.query(
                        Items.INSERT,
                        List.of(
                                Parameter.text(Integer.toString(i)),
                                Parameter.text(Long.toString(Items.amount(i))),
                                Parameter.text(Items.name(i)))));
            }
            PgReelPeer.await(session.query("COMMIT"));
            for (CompletableFuture<QueryResult> insert : all) {
                inserted += PgReelPeer.await(insert).rowCount().orElseThrow();
            }
        }
        return inserted;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
