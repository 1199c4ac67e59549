package org.pgreel.benchmarks.vertx;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** Batches of inserts, each its own transaction. */
final class Inserts implements Work {

    private final PgConnection connection;
    private final PreparedStatement statement;

    Inserts(PgConnection connection) throws Exception {
        this.connection = connection;
        this.statement = VertxPeer.prepare(connection, Items.INSERT);
    }

    @Override
    public long run(Round round) throws Exception {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            List<Tuple> tuples = new ArrayList<>(Workload.BATCH);
            for (int i = 1; i <= Workload.BATCH; i++) {
                tuples.add(Tuple.of(i, Items.amount(i), Items.name(i)));
            }
            RowSet<Row> counts = VertxPeer.await(statement.query().executeBatch(tuples));
            for (RowSet<Row> next = counts; next != null; next = next.next()) {
                inserted += next.rowCount();
            }
        }
        return inserted;
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(connection.close());
    }
}
