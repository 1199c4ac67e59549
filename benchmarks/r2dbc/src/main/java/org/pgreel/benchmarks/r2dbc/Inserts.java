package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import reactor.core.publisher.Mono;

/** Batches of inserts, each its own transaction: without one the driver would commit every row. */
final class Inserts implements Work {

    private final PostgresqlConnection connection;

    Inserts(PostgresqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public long run(Round round) {
        long inserted = 0;
        for (int batch = 0; batch < round.repeats(); batch++) {
            inserted += R2dbcPeer.await(batch());
        }
        return inserted;
    }

    private Mono<Long> batch() {
        PostgresqlStatement statement = connection.createStatement(Items.INSERT);
        for (int i = 1; i <= Workload.BATCH; i++) {
            statement.bind(0, i).bind(1, Items.amount(i)).bind(2, Items.name(i));
            if (i < Workload.BATCH) {
                statement.add();
            }
        }
        Mono<Long> counts =
                statement.execute().flatMap(PostgresqlResult::getRowsUpdated).reduce(0L, Long::sum);
        return connection
                .beginTransaction()
                .then(counts)
                .flatMap(count -> connection.commitTransaction().thenReturn(count));
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
