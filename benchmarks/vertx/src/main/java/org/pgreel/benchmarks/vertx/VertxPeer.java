package org.pgreel.benchmarks.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PreparedStatement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** vertx-pg-client at its best settings: epoll, one event loop, statements prepared and cached, 256 commands in flight. */
public final class VertxPeer implements Peer {

    private static final int LIMIT_SECONDS = 60;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));

    private VertxPeer() {}

    /**
     * Serves the coordinator.
     *
     * @param arguments none
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        PeerLoop.serve(new VertxPeer());
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) throws Exception {
        return switch (workload) {
            case W1 -> new PointQueries(vertx, connect(target), 1);
            case W1_WAITING -> new WaitingQueries(connect(target));
            case W2 -> new PointQueries(vertx, connect(target), Workload.IN_FLIGHT);
            case W3 -> new Scan(connect(target));
            case W3_STREAMED -> new StreamedScan(vertx, connect(target));
            case W4 -> new Inserts(connect(target));
            case W5_IN, W5_OUT -> null;
            case W6 -> new Connecting(vertx, () -> PgConnection.connect(vertx, options(target)));
            case W7 -> new Notifying(vertx, connect(target), connect(target));
        };
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    private PgConnection connect(Target target) throws Exception {
        return await(PgConnection.connect(vertx, options(target)));
    }

    private static PgConnectOptions options(Target target) {
        PgConnectOptions options = new PgConnectOptions();
        options.setHost(target.host())
                .setPort(target.port())
                .setUser(target.user())
                .setPassword(target.password())
                .setDatabase(target.database())
                .setCachePreparedStatements(true);
        return options.setPipeliningLimit(Workload.IN_FLIGHT).setSslMode(SslMode.DISABLE);
    }

    static PreparedStatement prepare(PgConnection connection, String sql) throws Exception {
        return await(connection.prepare(sql));
    }

    static PreparedStatement point(PgConnection connection) throws Exception {
        return prepare(connection, Items.POINT);
    }

    /** Waits on a thread that is no event loop. */
    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
