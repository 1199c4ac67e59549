package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** One row by its key, again and again; the program's thread waits for each. */
final class WaitingQueries implements Work {

    private final PostgresqlConnection connection;

    WaitingQueries(PostgresqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public long run(Round round) {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            long begun = System.nanoTime();
            sum += R2dbcPeer.await(PointQueries.answer(connection, round.key()));
            round.took(System.nanoTime() - begun);
        }
        return sum;
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
