package org.pgreel.scenarios.sweep;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PassedEffects;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.scenarios.simulation.Way;

/**
 * A played server with one fault in what it and its clients say to each other. It stands above TLS and knows no
 * transport, so the same fault happens in the simulation and over sockets. Confined to the server's thread.
 */
public final class Tampering implements PlayedServer {
    private final PlayedServer server;
    private final Fault fault;
    private int connections;
    private @Nullable Tampered tampered;

    /**
     * Puts a fault around a server.
     *
     * @param server who answers
     * @param fault what happens, once
     */
    public Tampering(PlayedServer server, Fault fault) {
        this.server = server;
        this.fault = fault;
    }

    /** Tells whether the fault has happened. */
    public boolean fired() {
        return tampered != null && tampered.fired();
    }

    @Override
    public ClientConnection opened(String client, ReplayEffects effects) {
        connections++;
        if (connections != fault.stream().connection()) {
            return server.opened(client, effects);
        }
        var made = new Tampered(fault, effects);
        tampered = made;
        made.opened(server, client);
        return made;
    }

    /** The connection that the fault is in: its client for the server, and its server for the client. */
    private static final class Tampered implements ClientConnection {
        private final ReplayEffects effects;
        private final Way toClient;
        private final Way toServer;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private @Nullable Splice splice;
        private @Nullable Break broken;
        private @Nullable ClientConnection connection;
        private boolean closing;
        private boolean gone;
        private boolean resetDue;
        private boolean inside;

        Tampered(Fault fault, ReplayEffects effects) {
            this.effects = effects;
            Way client = new AtClient();
            Way server = new AtServer();
            boolean frontend = fault.stream().direction() == Direction.FRONTEND;
            Way changed = changed(fault, frontend ? server : client);
            this.toClient = frontend ? client : changed;
            this.toServer = frontend ? changed : server;
        }

        private Way changed(Fault fault, Way on) {
            Tamper.Kind kind = fault.tamper().kind();
            if (kind == Tamper.Kind.CORRUPT || kind.ofMessages()) {
                Splice made = Splice.of(fault, on);
                splice = made;
                return made;
            }
            Break made = new Break(kind, fault.offset(), on, this::resetBoth, this::alarm);
            broken = made;
            return made;
        }

        boolean fired() {
            return splice != null && splice.fired() || broken != null && broken.fired();
        }

        void opened(PlayedServer server, String client) {
            connection = server.opened(client, new Outgoing());
        }

        private ClientConnection connection() {
            if (connection == null) {
                throw new IllegalStateException("The connection is not open yet");
            }
            return connection;
        }

        private void alarm(Duration after) {
            effects.armTimer(ReplayTimer.NETWORK, after);
        }

        /** The server may be in the middle of a write, so it sees the reset when that is over. */
        private void resetBoth() {
            gone = true;
            effects.abort();
            resetDue = true;
            alarm(Duration.ZERO);
        }

        private final class AtClient implements Way {
            @Override
            public void bytes(byte[] bytes) {
                if (!gone) {
                    effects.write(bytes, 0, bytes.length);
                    effects.flush();
                }
            }

            @Override
            public void end() {
                if (gone) {
                    return;
                }
                if (closing) {
                    gone = true;
                    effects.close();
                } else {
                    effects.halfClose();
                }
            }

            @Override
            public void reset() {
                if (!gone) {
                    gone = true;
                    effects.abort();
                }
            }
        }

        private final class AtServer implements Way {
            @Override
            public void bytes(byte[] bytes) {
                if (!gone) {
                    connection().received(bytes, 0, bytes.length);
                }
            }

            @Override
            public void end() {
                if (!gone) {
                    connection().endOfStream();
                }
            }

            @Override
            public void reset() {
                connection().reset();
            }
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            toServer.bytes(Arrays.copyOfRange(buffer, from, to));
        }

        @Override
        public void tlsEstablished(@Nullable Bytes endPoint) {
            connection().tlsEstablished(endPoint);
        }

        @Override
        public void tlsFailed(String reason) {
            connection().tlsFailed(reason);
        }

        @Override
        public void endOfStream() {
            toServer.end();
        }

        @Override
        public void reset() {
            toServer.reset();
        }

        @Override
        public void writable() {
            connection().writable();
        }

        @Override
        public void elapsed(ReplayTimer timer) {
            if (timer != ReplayTimer.NETWORK) {
                connection().elapsed(timer);
                return;
            }
            if (resetDue) {
                resetDue = false;
                connection().reset();
            } else if (broken != null) {
                broken.elapsed();
            }
            if (inside) {
                inside = false;
                connection().elapsed(timer);
            }
        }

        /** What the server asks of the connection. */
        private final class Outgoing extends PassedEffects {
            Outgoing() {
                super(effects);
            }

            @Override
            public void write(byte[] buffer, int from, int to) {
                written.write(buffer, from, to - from);
            }

            @Override
            public void flush() {
                if (written.size() > 0) {
                    byte[] bytes = written.toByteArray();
                    written.reset();
                    toClient.bytes(bytes);
                }
            }

            @Override
            public void close() {
                flush();
                closing = true;
                toClient.end();
            }

            @Override
            public void halfClose() {
                flush();
                toClient.end();
            }

            @Override
            public void abort() {
                flush();
                toClient.reset();
            }

            @Override
            public void armTimer(ReplayTimer timer, Duration after) {
                inside |= timer == ReplayTimer.NETWORK; // Another fault stands between this one and the server.
                super.armTimer(timer, after);
            }
        }
    }
}
