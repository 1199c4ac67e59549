package org.pgreel.replay.server;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PassedEffects;
import org.pgreel.replay.engine.PassedInputs;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** Tells a tap what clients and a played server say to each other, after TLS. Confined to the thread of the server. */
record TappedServer(PlayedServer server, WireTap tap) implements PlayedServer {

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        var told =
                new Told(tap.sessionOpened(new SessionOpening(SessionOpening.Role.PROXY, client, "replay", Map.of())));
        told.session.connectionOpened(1);
        return new Incoming(server.opened(client, new Outgoing(effects, told)), told);
    }

    /** What one connection's tap has been told. */
    private static final class Told {
        final SessionTap session;
        private boolean over;

        Told(SessionTap session) {
            this.session = session;
        }

        void written(byte[] buffer, int from, int to) {
            if (!over) {
                session.written(1, buffer, from, to);
            }
        }

        void read(byte[] buffer, int from, int to) {
            if (!over) {
                session.read(1, buffer, from, to);
            }
        }

        void over(EndKind how, By by) {
            if (!over) {
                over = true;
                session.connectionClosed(1, how, by);
                session.closed(by, how);
            }
        }
    }

    private static final class Incoming extends PassedInputs {
        private final Told told;

        Incoming(ClientConnection connection, Told told) {
            super(connection);
            this.told = told;
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            told.written(buffer, from, to);
            super.received(buffer, from, to);
        }

        @Override
        public void tlsEstablished(@Nullable Bytes endPoint) {
            told.session.tlsEstablished(1, "TLS", "");
            super.tlsEstablished(endPoint);
        }

        @Override
        public void tlsFailed(String reason) {
            told.session.tlsFailed(1, reason);
            super.tlsFailed(reason);
        }

        @Override
        public void endOfStream() {
            super.endOfStream();
            told.over(EndKind.FIN, By.CLIENT);
        }

        @Override
        public void reset() {
            super.reset();
            told.over(EndKind.RESET, By.CLIENT);
        }
    }

    private static final class Outgoing extends PassedEffects {
        private final ReplayEffects effects;
        private final Told told;

        Outgoing(ReplayEffects effects, Told told) {
            super(effects);
            this.effects = effects;
            this.told = told;
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            told.read(buffer, from, to);
            super.write(buffer, from, to);
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            told.read(copy, 0, copy.length);
            effects.write(bytes);
        }

        @Override
        public void startTls() {
            told.session.tlsRequested(1);
            super.startTls();
        }

        @Override
        public void close() {
            told.over(EndKind.FIN, By.SERVER);
            super.close();
        }

        @Override
        public void abort() {
            told.over(EndKind.RESET, By.SERVER);
            super.abort();
        }
    }
}
