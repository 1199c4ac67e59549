package org.pgreel.scenarios.coverage;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PassedEffects;
import org.pgreel.replay.engine.PassedInputs;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;

/**
 * A played server whose conversations are counted as edges of the matrix, in the order in which it reads and sends. It stands
 * above TLS and knows no transport.
 */
public final class CoveredServer implements PlayedServer {
    private final PlayedServer server;
    private final EdgeCounts counts;

    /**
     * Looks on at a server.
     *
     * @param server who answers
     * @param counts hears of each edge
     */
    public CoveredServer(PlayedServer server, EdgeCounts counts) {
        this.server = server;
        this.counts = counts;
    }

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        var watch = new EdgeWatch(counts);
        return new Inputs(server.opened(client, new Watched(effects, watch)), watch);
    }

    /** What the client says. */
    private static final class Inputs extends PassedInputs {
        private final EdgeWatch watch;

        Inputs(ClientConnection connection, EdgeWatch watch) {
            super(connection);
            this.watch = watch;
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            watch.passed(Direction.FRONTEND, buffer, from, to);
            super.received(buffer, from, to);
        }

        @Override
        public void endOfStream() {
            watch.over();
            super.endOfStream();
        }

        @Override
        public void reset() {
            watch.over();
            super.reset();
        }
    }

    /** What the server does. */
    private static final class Watched extends PassedEffects {
        private final EdgeWatch watch;

        Watched(ReplayEffects effects, EdgeWatch watch) {
            super(effects);
            this.watch = watch;
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            watch.passed(Direction.BACKEND, buffer, from, to);
            super.write(buffer, from, to);
        }

        @Override
        public void struck(BackendMessage message, String effect) {
            watch.struck(MatrixMessages.name(message), effect);
            super.struck(message, effect);
        }

        @Override
        public void close() {
            watch.over();
            super.close();
        }

        @Override
        public void halfClose() {
            watch.over();
            super.halfClose();
        }

        @Override
        public void abort() {
            watch.over();
            super.abort();
        }
    }
}
