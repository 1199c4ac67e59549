package org.pgreel.benchmarks.pgreel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgreel.PgClient;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;

/** PgReel: epoll, one event loop, binary results, 256 operations in flight; recorded or not. */
public final class PgReelPeer implements Peer {

    private static final int LIMIT_SECONDS = 60;

    private final PgClient client = PgClient.builder().eventLoops(1).build();
    private final Tape tape;
    private final boolean arrays;

    private PgReelPeer(Tape tape, boolean arrays) {
        this.tape = tape;
        this.arrays = arrays;
    }

    /**
     * Serves the coordinator.
     *
     * @param arguments {@code memory} or {@code chronicle} if the sessions are to be recorded, and where; {@code arrays} if W4 is
     *     to insert arrays
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        String first = arguments.length == 0 ? "off" : arguments[0];
        boolean arrays = first.equals("arrays");
        PeerLoop.serve(new PgReelPeer(Tape.of(arrays ? "off" : first), arrays));
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) throws Exception {
        tape.rewind();
        return switch (workload) {
            case W1 -> new PointQueries(connect(target), 1);
            case W1_WAITING -> new WaitingQueries(connect(target));
            case W2 -> new PointQueries(connect(target), Workload.IN_FLIGHT);
            case W3 -> new Scan(connect(target));
            case W3_STREAMED -> new StreamedScan(connect(target));
            case W4 -> arrays ? new ArrayInserts(connect(target)) : new Inserts(connect(target));
            case W5_IN -> new CopyingIn(connect(target), target);
            case W5_OUT -> new CopyingOut(connect(target));
            case W6 -> new Connecting(client, options(target));
            case W7 -> new Notifying(connect(target), listener -> connect(target, listener));
        };
    }

    @Override
    public void close() throws Exception {
        client.close();
        tape.close();
    }

    private Session connect(Target target) throws Exception {
        return connect(target, new SessionStatusNotify() {});
    }

    private Session connect(Target target, SessionStatusNotify notify) throws Exception {
        return await(client.connect(options(target), notify).ready());
    }

    private ConnectOptions options(Target target) {
        ConnectOptionsBuilder options = ConnectOptions.builder()
                .host(target.host())
                .port(target.port())
                .user(target.user())
                .password(target.password())
                .database(target.database())
                .sslMode(SslMode.DISABLE)
                .pipelineDepth(Workload.IN_FLIGHT);
        return tape.record(options).build();
    }

    /** Waits on a thread that is no event loop. */
    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    static void close(Session session) throws Exception {
        session.close();
        await(session.ended());
    }
}
