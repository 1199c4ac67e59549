package org.pgreel.benchmarks.pgreel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.pgreel.PgClient;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;

/** Connections, one after the other, on the event loop. */
final class Connecting implements Work {

    private final PgClient client;
    private final ConnectOptions options;

    Connecting(PgClient client, ConnectOptions options) {
        this.client = client;
        this.options = options;
    }

    @Override
    public long run(Round round) throws Exception {
        CompletableFuture<Long> done = new CompletableFuture<>();
        connect(round, 0, done);
        return PgReelPeer.await(done);
    }

    private void connect(Round round, long before, CompletableFuture<Long> done) {
        if (before == round.repeats()) {
            done.complete(before);
            return;
        }
        long begun = System.nanoTime();
        Session session = client.connect(options);
        Future<?> unused = session.ready().whenComplete((ready, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                session.close();
            }
        });
        Future<?> unusedEither = session.ended().thenAccept(reason -> {
            if (!done.isDone()) {
                round.took(System.nanoTime() - begun);
                connect(round, before + 1, done);
            }
        });
    }

    @Override
    public void close() {}
}
