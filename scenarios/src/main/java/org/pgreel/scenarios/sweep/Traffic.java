package org.pgreel.scenarios.sweep;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;

/**
 * Counts what a server has sent and what it has taken, so that one knows when nothing is on its way any more. Its counts
 * may be read from any thread.
 */
final class Traffic implements PlayedServer {
    private final PlayedServer server;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    Traffic(PlayedServer server) {
        this.server = server;
    }

    /** Returns how many bytes were sent to clients. */
    long sent() {
        return sent.get();
    }

    /** Returns how many bytes of clients have been taken, and all that follows from them has been done. */
    long taken() {
        return taken.get();
    }

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        return new Counted(server.opened(client, new Counting(effects)));
    }

    /** A client's input. */
    private final class Counted implements ClientConnection {
        private final ClientConnection connection;

        Counted(ClientConnection connection) {
            this.connection = connection;
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            connection.received(buffer, from, to);
            taken.addAndGet(to - from);
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
            connection.endOfStream();
        }

        @Override
        public void reset() {
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
    private final class Counting implements ReplayEffects {
        private final ReplayEffects effects;

        Counting(ReplayEffects effects) {
            this.effects = effects;
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            sent.addAndGet(to - from);
            effects.write(buffer, from, to);
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
            effects.close();
        }

        @Override
        public void halfClose() {
            effects.halfClose();
        }

        @Override
        public void pauseReading() {
            effects.pauseReading();
        }

        @Override
        public void abort() {
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
