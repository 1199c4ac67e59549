package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.SSLMode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * r2dbc-postgresql at its best settings: epoll, one event loop, every statement prepared and kept, binary parameters, no
 * question about extensions while connecting.
 */
public final class R2dbcPeer implements Peer {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LoopResources loops = LoopResources.create("r2dbc", 1, true);

    private R2dbcPeer() {}

    /**
     * Serves the coordinator.
     *
     * @param arguments none
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        PeerLoop.serve(new R2dbcPeer());
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) {
        return switch (workload) {
            case W1 -> new PointQueries(connect(target), 1);
            case W1_WAITING -> new WaitingQueries(connect(target));
            case W2 -> new PointQueries(connect(target), Workload.IN_FLIGHT);
            case W3 -> new Scan(connect(target));
            case W3_STREAMED -> new StreamedScan(connect(target));
            case W4 -> new Inserts(connect(target));
            case W5_IN -> new CopyingIn(connect(target), target);
            case W5_OUT -> null;
            case W6 -> new Connecting(factory(target));
            case W7 -> new Notifying(connect(target), connect(target));
        };
    }

    @Override
    public void close() {
        loops.disposeLater().block(LIMIT);
    }

    private PostgresqlConnection connect(Target target) {
        return await(factory(target).create());
    }

    private PostgresqlConnectionFactory factory(Target target) {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(target.host())
                .port(target.port())
                .username(target.user())
                .password(target.password())
                .database(target.database())
                .sslMode(SSLMode.DISABLE)
                .autodetectExtensions(false)
                .forceBinary(true)
                .preparedStatementCacheQueries(-1)
                .loopResources(loops)
                .build());
    }

    /** Waits on a thread that is no event loop. */
    static <T> T await(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(LIMIT), "an answer without a value");
    }

    static void done(Mono<Void> step) {
        step.block(LIMIT);
    }
}
