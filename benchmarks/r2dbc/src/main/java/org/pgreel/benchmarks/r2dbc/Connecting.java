package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connections, one after the other. */
final class Connecting implements Work {

    private final PostgresqlConnectionFactory factory;

    Connecting(PostgresqlConnectionFactory factory) {
        this.factory = factory;
    }

    @Override
    public long run(Round round) {
        return R2dbcPeer.await(
                Flux.range(0, round.repeats()).concatMap(i -> connect(round)).count());
    }

    private Mono<Boolean> connect(Round round) {
        long begun = System.nanoTime();
        return factory.create()
                .flatMap(PostgresqlConnection::close)
                .thenReturn(true)
                .doOnNext(closed -> round.took(System.nanoTime() - begun));
    }

    @Override
    public void close() {}
}
