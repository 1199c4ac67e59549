package org.pgreel.benchmarks.pgreel;

import java.util.List;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Session;

/** The same rows by one INSERT a batch, each column an array: what stands in the place of rewriting statements. */
final class ArrayInserts implements Work {

    private static final String INSERT =
            "INSERT INTO sink (id, amount, name)" + " SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[])";

    private final Session session;

    ArrayInserts(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            int[] ids = new int[Workload.BATCH];
            long[] amounts = new long[Workload.BATCH];
            String[] names = new String[Workload.BATCH];
            for (int i = 0; i < Workload.BATCH; i++) {
                ids[i] = i + 1;
                amounts[i] = Items.amount(i + 1);
                names[i] = Items.name(i + 1);
            }
            ParameterizedQuery insert = ParameterizedQuery.of(
                    INSERT, List.of(Parameter.of(ids), Parameter.of(amounts), Parameter.of(names)));
            inserted += PgReelPeer.await(session.query(insert)).rowCount().orElseThrow();
        }
        return inserted;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
