package org.pgreel.benchmarks.zero;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/**
 * A blocking socket that sends bytes made once and counts ReadyForQuery in what comes back; no row is read, so it gives no
 * checksum.
 */
public final class ZeroWorkPeer implements Peer {

    private ZeroWorkPeer() {}

    /**
     * Serves the coordinator.
     *
     * @param arguments none
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        PeerLoop.serve(new ZeroWorkPeer());
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) throws Exception {
        return switch (workload) {
            case W1, W1_WAITING -> new CannedQueries(target, Items.POINT, List.of(23), 1);
            case W2 -> new CannedQueries(target, Items.POINT, List.of(23), Workload.IN_FLIGHT);
            case W3 -> new CannedQueries(target, Items.SCAN, List.of(), 1);
            default -> null;
        };
    }
}
