package org.pgreel.scenarios.drive;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.PgClient;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.scenarios.file.Scenario;

/**
 * Runs scenarios over TCP, with one client for all of them: its threads start with the first run and end when this is
 * closed. Safe for use by several threads.
 */
public final class SocketRuns implements AutoCloseable {
    private @Nullable PgClient client;
    private boolean closed;

    /** Makes ready; nothing is opened yet. */
    public SocketRuns() {}

    /**
     * Runs a scenario: our client in full against a scripted server on loopback and a free port.
     *
     * @param chunking how the server's writes are cut; the sockets may join or cut what leaves them once more
     * @throws UnplayableException if a line asks for what nobody can do over a socket
     */
    public RunResult run(Scenario scenario, Chunking chunking) {
        return run(scenario, chunking, server -> server);
    }

    /**
     * Runs a scenario with something between the script and our client, above TLS.
     *
     * @throws UnplayableException if a line asks for what nobody can do over a socket
     */
    public RunResult run(Scenario scenario, Chunking chunking, UnaryOperator<PlayedServer> around) {
        return SocketRun.of(scenario, chunking, client(), around);
    }

    private synchronized PgClient client() {
        if (closed) {
            throw new IllegalStateException("The runs are closed");
        }
        PgClient open = client;
        if (open == null) {
            open = PgClient.builder().eventLoops(2).build();
            client = open;
        }
        return open;
    }

    /** Ends the client and its threads. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
