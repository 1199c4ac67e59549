package org.pgreel.benchmarks.vertx;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.InFlight;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** One row by its key, again and again, a number of queries in flight; everything on the connection's event loop. */
final class PointQueries implements Work {

    private final Vertx vertx;
    private final PgConnection connection;
    private final PreparedQuery<RowSet<Row>> query;
    private final int depth;

    PointQueries(Vertx vertx, PgConnection connection, int depth) throws Exception {
        this.vertx = vertx;
        this.connection = connection;
        this.query = VertxPeer.point(connection).query();
        this.depth = depth;
    }

    @Override
    public long run(Round round) throws Exception {
        InFlight queries = new InFlight(round, depth) {
            @Override
            protected void ask(int key) {
                query.execute(Tuple.of(key)).onComplete(answer -> {
                    if (answer.succeeded()) {
                        answered(checksum(answer.result()));
                    } else {
                        failed(answer.cause());
                    }
                });
            }
        };
        vertx.runOnContext(ignored -> queries.begin());
        return queries.await();
    }

    static long checksum(RowSet<Row> rows) {
        long sum = 0;
        for (Row row : rows) {
            sum += Checksum.of(row.getInteger(0), row.getLong(1), row.getString(2));
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(connection.close());
    }
}
