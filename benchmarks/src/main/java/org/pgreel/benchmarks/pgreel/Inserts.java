package org.pgreel.benchmarks.pgreel;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.PipelineSync;
import org.pgreel.client.Session;

/** Batches of inserts, each a pipeline with one Sync and so its own transaction. */
final class Inserts implements Work {

    private final Session session;

    Inserts(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            List<ParameterizedQuery> inserts = new ArrayList<>(Workload.BATCH);
            for (int i = 1; i <= Workload.BATCH; i++) {
                inserts.add(ParameterizedQuery.of(
                        Items.INSERT,
                        List.of(Parameter.of(i), Parameter.of(Items.amount(i)), Parameter.of(Items.name(i)))));
            }
            for (PipelineOutcome outcome : PgReelPeer.await(session.pipeline(inserts, PipelineSync.BATCH))) {
                inserted += outcome.orThrow().rowCount().orElseThrow();
            }
        }
        return inserted;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
