package org.pgreel.benchmarks.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** All rows of the large table by a cursor, read on the event loop. */
final class StreamedScan implements Work {

    private final Vertx vertx;
    private final PgConnection connection;
    private final PreparedStatement statement;

    StreamedScan(Vertx vertx, PgConnection connection) throws Exception {
        this.vertx = vertx;
        this.connection = connection;
        this.statement = VertxPeer.prepare(connection, Items.SCAN);
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            sum += inTransaction();
        }
        return sum;
    }

    private long inTransaction() throws Exception {
        Promise<Long> done = Promise.promise();
        vertx.runOnContext(ignored -> connection
                .begin()
                .compose(transaction -> {
                    Cursor cursor = statement.cursor();
                    return fetch(cursor, 0L)
                            .compose(sum -> cursor.close()
                                    .compose(closed -> transaction.commit())
                                    .map(sum));
                })
                .onComplete(done));
        return VertxPeer.await(done.future());
    }

    private static Future<Long> fetch(Cursor cursor, long before) {
        return cursor.read(Workload.FETCH).compose(rows -> {
            long sum = before;
            for (Row row : rows) {
                sum += Scan.checksum(row);
            }
            return cursor.hasMore() ? fetch(cursor, sum) : Future.succeededFuture(sum);
        });
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(connection.close());
    }
}
