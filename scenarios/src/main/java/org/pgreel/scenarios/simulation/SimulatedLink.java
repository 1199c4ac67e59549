package org.pgreel.scenarios.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.ConnectionEffects;
import org.pgreel.session.ConnectionInputs;
import org.pgreel.session.TlsFailure;
import org.pgreel.session.TlsSession;

/**
 * One connection of a simulated run: what our client's core and the scripted server ask of their transports, joined. What
 * the server writes at once arrives at once, and in no other pieces.
 */
final class SimulatedLink implements ConnectionEffects {
    /** What a TLS session binds to where there is no certificate. */
    private static final Bytes END_POINT = Bytes.wrap(new byte[32]);

    private static final byte[] CLIENT_HELLO = {0x16, 0x03, 0x01, 0x00, 0x01, 0x01};

    private final VirtualClock clock;
    private final PlayedServer engine;
    private final LinkWatch watch;
    private final Consumer<Runnable> turns;
    private final ConnectionInputs inputs;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final ReadGate socket = new ReadGate(this::toClient);
    private final Server server;
    private final Way toServer;
    private final Way toClient;
    private final Duration connects;
    private @Nullable ClientConnection connection;
    private boolean clientGone;
    private boolean serverGone;
    private boolean clientTls;
    private boolean serverTls;
    private boolean tlsUp;

    /**
     * @param network what lies between the ends
     * @param number the connection's number in the run
     * @param watch who looks on
     * @param turns takes an input of the connection as one of the session
     * @param inputs the client's end
     */
    SimulatedLink(
            VirtualClock clock,
            PlayedServer engine,
            Network network,
            int number,
            LinkWatch watch,
            Consumer<Runnable> turns,
            ConnectionInputs inputs) {
        this.clock = clock;
        this.engine = engine;
        this.watch = watch;
        this.turns = turns;
        this.inputs = inputs;
        this.server = new Server();
        var ends = new Network.Ends(new AtServer(), new AtClient());
        this.connects = network.connects(number);
        this.toServer = network.way(number, Direction.FRONTEND, ends);
        this.toClient = network.way(number, Direction.BACKEND, ends);
    }

    private void turn(Runnable input) {
        turns.accept(input);
    }

    /** Gives the client an input, unless it has left. */
    private void toClient(Runnable input) {
        clock.soon(() -> {
            if (!clientGone) {
                turn(input);
            }
        });
    }

    private interface ServerInput {
        void of(ClientConnection connection);
    }

    private void toServer(ServerInput input) {
        clock.soon(() -> {
            if (connection != null && !serverGone) {
                input.of(connection);
            }
        });
    }

    /** Tells whether a timer of the server is armed that is not the network's. */
    boolean serverHasTimers() {
        return server.timers.holdsOtherThan(ReplayTimer.NETWORK);
    }

    /** Tells whether the client has closed its side. */
    boolean clientGone() {
        return clientGone;
    }

    /**
     * Connects.
     *
     * @param unreachable how it fails; null if it does not
     */
    void open(@Nullable ConnectFailure unreachable) {
        if (connects.isZero()) {
            clock.soon(() -> opens(unreachable));
        } else {
            clock.after(connects, () -> opens(unreachable));
        }
    }

    private void opens(@Nullable ConnectFailure unreachable) {
        if (clientGone) {
            return;
        }
        if (unreachable != null) {
            turn(() -> inputs.connectFailed(unreachable, null));
            return;
        }
        connection = engine.opened("simulated client", server);
        turn(inputs::connected);
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        unsent.write(buffer, from, to - from);
    }

    @Override
    public void flush() {
        if (unsent.size() == 0) {
            return;
        }
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        watch.frontend(bytes);
        toServer.bytes(bytes);
    }

    /** Where the client's bytes come out. */
    private final class AtServer implements Way {
        @Override
        public void bytes(byte[] bytes) {
            toServer(connected -> {
                if (serverTls && !tlsUp) {
                    connected.tlsFailed("not an SSL/TLS record");
                } else if (!server.deaf) {
                    connected.received(bytes, 0, bytes.length);
                }
            });
        }

        @Override
        public void end() {
            toServer(ClientConnection::endOfStream);
        }

        @Override
        public void reset() {
            toServer(ClientConnection::reset);
        }
    }

    /** Where the server's bytes come out. */
    private final class AtClient implements Way {
        @Override
        public void bytes(byte[] bytes) {
            socket.came(() -> arrived(bytes));
        }

        private void arrived(byte[] bytes) {
            if (clientTls && !tlsUp) {
                inputs.tlsFailed(TlsFailure.HANDSHAKE, new IOException("not an SSL/TLS record"));
            } else {
                watch.backend(bytes);
                inputs.received(bytes, 0, bytes.length);
            }
        }

        @Override
        public void end() {
            socket.came(() -> {
                if (clientTls && !tlsUp) {
                    inputs.tlsFailed(TlsFailure.HANDSHAKE, new IOException("the stream ended"));
                } else {
                    inputs.endOfStream();
                }
            });
        }

        @Override
        public void reset() {
            socket.came(() -> {
                var reset = new IOException("Connection reset by peer");
                if (clientTls && !tlsUp) {
                    inputs.tlsFailed(TlsFailure.HANDSHAKE, reset);
                } else {
                    inputs.reset(reset);
                }
            });
        }
    }

    void pauseRead() {
        socket.pause();
    }

    void resumeRead() {
        socket.resume();
    }

    @Override
    public void startTls() {
        clientTls = true;
        clock.soon(() -> {
            if (!serverTls && !server.deaf) {
                toServer(connected -> connected.received(CLIENT_HELLO, 0, CLIENT_HELLO.length));
            }
            shakeHands();
        });
    }

    private void shakeHands() {
        if (clientTls && serverTls && !tlsUp && !clientGone && !serverGone) {
            tlsUp = true;
            toServer(connected -> connected.tlsEstablished(END_POINT));
            toClient(() -> inputs.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", END_POINT)));
        }
    }

    @Override
    public void close() {
        flush();
        clientGone = true;
        toServer.end();
    }

    @Override
    public void abort() {
        clientGone = true;
        toServer.reset();
    }

    /** The server's side. */
    private final class Server implements ReplayEffects {
        private final VirtualTimers<ReplayTimer> timers = new VirtualTimers<>(clock, ReplayTimer.class, timer -> {
            if (connection != null) {
                connection.elapsed(timer);
            }
        });
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean deaf;

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
        public boolean writable() {
            return true;
        }

        @Override
        public void startTls() {
            serverTls = true;
            shakeHands();
        }

        @Override
        public void close() {
            halfClose();
            serverGone = true;
            timers.disarmAll(ReplayTimer::endsWithItsClient);
        }

        @Override
        public void halfClose() {
            flush();
            toClient.end();
        }

        @Override
        public void pauseReading() {
            deaf = true;
        }

        @Override
        public void abort() {
            flush();
            serverGone = true;
            timers.disarmAll(ReplayTimer::endsWithItsClient);
            toClient.reset();
        }

        @Override
        public void armTimer(ReplayTimer timer, Duration after) {
            timers.arm(timer, after);
        }

        @Override
        public void disarm(ReplayTimer timer) {
            timers.disarm(timer);
        }
    }
}
