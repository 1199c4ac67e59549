package org.pgreel.benchmarks.vertx;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** One row by its key, again and again; the program's thread waits for each. */
final class WaitingQueries implements Work {

    private final PgConnection connection;
    private final PreparedQuery<RowSet<Row>> query;

    WaitingQueries(PgConnection connection) throws Exception {
        this.connection = connection;
        this.query = VertxPeer.point(connection).query();
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            long begun = System.nanoTime();
            sum += PointQueries.checksum(VertxPeer.await(query.execute(Tuple.of(round.key()))));
            round.took(System.nanoTime() - begun);
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(connection.close());
    }
}
