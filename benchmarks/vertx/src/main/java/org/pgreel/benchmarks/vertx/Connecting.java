package org.pgreel.benchmarks.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.function.Supplier;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** Connections, one after the other, on the event loop. */
final class Connecting implements Work {

    private final Vertx vertx;
    private final Supplier<Future<PgConnection>> connections;

    Connecting(Vertx vertx, Supplier<Future<PgConnection>> connections) {
        this.vertx = vertx;
        this.connections = connections;
    }

    @Override
    public long run(Round round) throws Exception {
        Promise<Long> done = Promise.promise();
        vertx.runOnContext(ignored -> connect(round, 0).onComplete(done));
        return VertxPeer.await(done.future());
    }

    private Future<Long> connect(Round round, long before) {
        if (before == round.repeats()) {
            return Future.succeededFuture(before);
        }
        long begun = System.nanoTime();
        return connections.get().compose(PgConnection::close).compose(closed -> {
            round.took(System.nanoTime() - begun);
            return connect(round, before + 1);
        });
    }

    @Override
    public void close() {}
}
