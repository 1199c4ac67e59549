package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Row;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One row by its key, again and again, a number of queries in flight on one connection. */
final class PointQueries implements Work {

    private final PostgresqlConnection connection;
    private final int depth;

    PointQueries(PostgresqlConnection connection, int depth) {
        this.connection = connection;
        this.depth = depth;
    }

    @Override
    public long run(Round round) {
        Flux<Integer> all = Flux.range(0, round.repeats());
        Flux<Long> answers = depth == 1 ? all.concatMap(i -> timed(round)) : all.flatMap(i -> ask(round.key()), depth);
        return R2dbcPeer.await(answers.reduce(0L, Long::sum));
    }

    private Mono<Long> timed(Round round) {
        long begun = System.nanoTime();
        return ask(round.key()).doOnNext(row -> round.took(System.nanoTime() - begun));
    }

    private Mono<Long> ask(int key) {
        return answer(connection, key);
    }

    static Mono<Long> answer(PostgresqlConnection connection, int key) {
        return connection
                .createStatement(Items.POINT)
                .bind(0, key)
                .execute()
                .flatMap(result -> result.map(PointQueries::checksum))
                .reduce(0L, Long::sum);
    }

    private static long checksum(Row row, Object unused) {
        return Checksum.of(row.get(0, Integer.class), row.get(1, Long.class), row.get(2, String.class));
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
