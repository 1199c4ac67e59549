package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** Connections, one after the other. */
final class Connecting implements Work {

    private final Callable<Connection> connections;

    Connecting(Callable<Connection> connections) {
        this.connections = connections;
    }

    @Override
    public long run(Round round) throws Exception {
        for (int i = 0; i < round.repeats(); i++) {
            long begun = System.nanoTime();
            connections.call().close();
            round.took(System.nanoTime() - begun);
        }
        return round.repeats();
    }

    @Override
    public void close() throws SQLException {}
}
