package org.pgreel.scenarios.coverage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;

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
    private static final class Inputs implements ClientConnection {
        private final ClientConnection connection;
        private final EdgeWatch watch;

        Inputs(ClientConnection connection, EdgeWatch watch) {
            this.connection = connection;
            this.watch = watch;
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            watch.passed(Direction.FRONTEND, buffer, from, to);
            connection.received(buffer, from, to);
        }

        @Override
        public void tlsEstablished(@Nullable Bytes endPoint) {
            connection.tlsEstablished(endPoint);
        }

        @Override
        public void tlsFailed(String reason) {
            connection.tlsFailed(reason);
        }

        @Override
        public void endOfStream() {
            watch.over();
            connection.endOfStream();
        }

        @Override
        public void reset() {
            watch.over();
            connection.reset();
        }

        @Override
        public void writable() {
            connection.writable();
        }

        @Override
        public void elapsed(ReplayTimer timer) {
            connection.elapsed(timer);
        }
    }

    /** What the server does. */
    private static final class Watched implements ReplayEffects {
        private final ReplayEffects effects;
        private final EdgeWatch watch;

        Watched(ReplayEffects effects, EdgeWatch watch) {
            this.effects = effects;
            this.watch = watch;
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            watch.passed(Direction.BACKEND, buffer, from, to);
            effects.write(buffer, from, to);
        }

        @Override
        public void struck(BackendMessage message, String effect) {
            watch.struck(MatrixMessages.name(message), effect);
            effects.struck(message, effect);
        }

        @Override
        public void flush() {
            effects.flush();
        }

        @Override
        public boolean writable() {
            return effects.writable();
        }

        @Override
        public void startTls() {
            effects.startTls();
        }

        @Override
        public void close() {
            watch.over();
            effects.close();
        }

        @Override
        public void halfClose() {
            watch.over();
            effects.halfClose();
        }

        @Override
        public void pauseReading() {
            effects.pauseReading();
        }

        @Override
        public void abort() {
            watch.over();
            effects.abort();
        }

        @Override
        public void armTimer(ReplayTimer timer, Duration after) {
            effects.armTimer(timer, after);
        }

        @Override
        public void disarm(ReplayTimer timer) {
            effects.disarm(timer);
        }
    }
}
