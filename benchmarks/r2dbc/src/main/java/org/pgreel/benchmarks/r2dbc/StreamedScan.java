package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** All rows of the large table, so many a fetch. */
final class StreamedScan implements Work {

    private final PostgresqlConnection connection;

    StreamedScan(PostgresqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public long run(Round round) {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            sum += R2dbcPeer.await(connection
                    .createStatement(Items.SCAN)
                    .fetchSize(Workload.FETCH)
                    .execute()
                    .flatMap(result -> result.map(
                            (row, metadata) -> Scan.Item.of(row, metadata).checksum()))
                    .reduce(0L, Long::sum));
        }
        return sum;
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
