package org.pgreel.scenarios.sweep;

import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PassedEffects;
import org.pgreel.replay.engine.PassedInputs;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;

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
    private final class Counted extends PassedInputs {
        Counted(ClientConnection connection) {
            super(connection);
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            super.received(buffer, from, to);
            taken.addAndGet(to - from);
        }
    }

    /** What the server does. */
    private final class Counting extends PassedEffects {
        Counting(ReplayEffects effects) {
            super(effects);
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            sent.addAndGet(to - from);
            super.write(buffer, from, to);
        }
    }
}
