package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/**
 * pgjdbc at its best settings: statements are prepared at the server, and results binary, from the first execution on; one
 * thread waits for each answer, for it knows no other way.
 */
public final class PgjdbcPeer implements Peer {

    private final boolean rewrites;

    private PgjdbcPeer(boolean rewrites) {
        this.rewrites = rewrites;
    }

    /**
     * Serves the coordinator.
     *
     * @param arguments {@code rewrite} makes one INSERT of many rows out of a batch
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        PeerLoop.serve(new PgjdbcPeer(List.of(arguments).contains("rewrite")));
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) throws SQLException {
        return switch (workload) {
            case W1, W1_WAITING -> new PointQueries(connect(target));
            case W2 -> null;
            case W3 -> new Scan(connect(target), 0);
            case W3_STREAMED -> new Scan(connect(target), Workload.FETCH);
            case W4 -> new Inserts(connect(target));
            case W5_IN -> new CopyingIn(connect(target), target);
            case W5_OUT -> new CopyingOut(connect(target));
            case W6 -> new Connecting(() -> connect(target));
            case W7 -> new Notifying(connect(target), connect(target));
        };
    }

    private Connection connect(Target target) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", target.user());
        settings.setProperty("password", target.password());
        settings.setProperty("sslmode", "disable");
        settings.setProperty("gssEncMode", "disable");
        settings.setProperty("prepareThreshold", "1");
        settings.setProperty("reWriteBatchedInserts", Boolean.toString(rewrites));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + target.host() + ":" + target.port() + "/" + target.database(), settings);
    }
}
