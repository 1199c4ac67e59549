package org.pgreel.benchmarks.vertx;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** All rows of the large table, whole. */
final class Scan implements Work {

    private final PgConnection connection;
    private final PreparedStatement statement;

    Scan(PgConnection connection) throws Exception {
        this.connection = connection;
        this.statement = VertxPeer.prepare(connection, Items.SCAN);
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            for (Row row : VertxPeer.await(statement.query().execute())) {
                sum += checksum(row);
            }
        }
        return sum;
    }

    static long checksum(Row row) {
        return Checksum.of(
                row.getInteger(0),
                row.getLong(1),
                row.getString(2),
                row.getDouble(3),
                Items.micros(row.getOffsetDateTime(4).toInstant()));
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(connection.close());
    }
}
