package org.pgreel.scenarios.drive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ServerAddress;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.ConnectionEffects;
import org.pgreel.session.ConnectionInputs;
import org.pgreel.session.Effects;
import org.pgreel.session.SessionInputs;
import org.pgreel.session.Timer;
import org.pgreel.session.TlsFailure;
import org.pgreel.session.TlsSession;
import org.pgreel.tap.CallbackKind;

/**
 * One connection of a simulated run: what our client's core and the scripted server ask of their transports, joined. What
 * the server writes at once arrives at once, and in no other pieces.
 */
final class MemoryLink implements Effects {
    /** What a TLS session binds to where there is no certificate. */
    private static final Bytes END_POINT = Bytes.wrap(new byte[32]);

    /** Where the server is. */
    static final ServerAddress SERVER = new ServerAddress.Tcp("localhost", 5432);

    /** Where nobody is. */
    static final ServerAddress CLOSED = new ServerAddress.Tcp("localhost", 1);

    private static final byte[] CLIENT_HELLO = {0x16, 0x03, 0x01, 0x00, 0x01, 0x01};

    private final MemoryClock clock;
    private final PlayedServer engine;
    private final WireWatch watch;
    private final boolean brokenTimers;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final MemoryTimers<Timer> timers;
    private final ReadGate socket = new ReadGate(this::toClient);
    private final Server server;
    private final Supplier<WireWatch> watches;
    private final @Nullable MemoryLink owner;
    private @Nullable SessionInputs core;
    private @Nullable ConnectionInputs inputs;
    private @Nullable ClientConnection connection;
    /** The session's own connection behind this one, which was given up. */
    private @Nullable MemoryLink next;

    private boolean begun;
    private @Nullable Throwable thrown;
    private int timersToBreak;
    private int depth;
    private int tasks;
    private boolean clientGone;
    private boolean serverGone;
    private boolean clientTls;
    private boolean serverTls;
    private boolean tlsUp;

    /**
     * @param watches makes who looks on at a connection
     * @param brokenTimers whether no timer of the client can be armed
     */
    MemoryLink(MemoryClock clock, PlayedServer engine, Supplier<WireWatch> watches, boolean brokenTimers) {
        this.brokenTimers = brokenTimers;
        this.clock = clock;
        this.timers = new MemoryTimers<>(clock, Timer.class, timer -> turn(() -> core().elapsed(timer)));
        this.server = new Server();
        this.engine = engine;
        this.watches = watches;
        this.watch = watches.get();
        this.owner = null;
    }

    /** Another connection of a session. */
    private MemoryLink(MemoryLink owner, ConnectionInputs inputs) {
        this.brokenTimers = false;
        this.clock = owner.clock;
        this.timers = owner.timers;
        this.server = new Server();
        this.engine = owner.engine;
        this.watches = owner.watches;
        this.watch = watches.get();
        this.owner = owner;
        this.inputs = inputs;
    }

    /** Joins the core, which begins. */
    void begin(SessionInputs session) {
        core = session;
        inputs = session;
        clock.soon(() -> turn(session::start));
    }

    private ConnectionInputs inputs() {
        if (inputs == null) {
            throw new IllegalStateException("The session has not begun");
        }
        return inputs;
    }

    private SessionInputs core() {
        if (core == null) {
            throw new IllegalStateException("The session has not begun");
        }
        return core;
    }

    private void turn(Runnable input) {
        if (owner != null) {
            owner.turn(input);
            return;
        }
        depth++;
        try {
            input.run();
        } finally {
            depth--;
        }
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

    /** Lets so many of the next timers for operations fail. */
    void breakTimers(int times) {
        timersToBreak = times;
    }

    /** Tells whether a timer of the client is armed, which none should be behind its end. */
    boolean hasTimers() {
        return !timers.isEmpty();
    }

    /** Tells whether the client has closed its side. */
    boolean clientGone() {
        return next == null ? clientGone : next.clientGone();
    }

    /** Returns what a callback of the application threw; null if none did. */
    @Nullable
    Throwable thrown() {
        return thrown;
    }

    @Override
    public void connect(ServerAddress address) {
        if (begun) {
            next = new MemoryLink(this, inputs());
            next.open(unreachable(address));
        } else {
            begun = true;
            open(unreachable(address));
        }
    }

    /** A name under {@code .invalid} has no address (RFC 2606), and at one port nothing listens. */
    private static @Nullable ConnectFailure unreachable(ServerAddress address) {
        if (address instanceof ServerAddress.Tcp tcp && tcp.host().endsWith(".invalid")) {
            return ConnectFailure.DNS;
        }
        return address.equals(CLOSED) ? ConnectFailure.TCP : null;
    }

    @Override
    public void giveUp(boolean inOrder) {
        MemoryLink present = present();
        if (inOrder) {
            present.close();
        } else {
            present.abort();
        }
    }

    private MemoryLink present() {
        return next == null ? this : next;
    }

    private void open(@Nullable ConnectFailure unreachable) {
        clock.soon(() -> {
            if (clientGone) {
                return;
            }
            if (unreachable != null) {
                turn(() -> inputs().connectFailed(unreachable, null));
                return;
            }
            connection = engine.opened("simulated client", server);
            turn(inputs()::connected);
        });
    }

    @Override
    public ConnectionEffects connectAgain(ConnectionInputs another) {
        var link = new MemoryLink(this, another);
        link.open(null);
        return link;
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        present().unsent.write(buffer, from, to - from);
    }

    @Override
    public void flush() {
        if (next != null) {
            next.flush();
            return;
        }
        if (unsent.size() == 0) {
            return;
        }
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        watch.frontend(bytes);
        toServer(connected -> {
            if (serverTls && !tlsUp) {
                connected.tlsFailed("not an SSL/TLS record");
            } else if (!server.deaf) {
                connected.received(bytes, 0, bytes.length);
            }
        });
    }

    @Override
    public void pauseRead() {
        socket.pause();
    }

    @Override
    public void resumeRead() {
        socket.resume();
    }

    @Override
    public void startTls() {
        if (next != null) {
            next.startTls();
            return;
        }
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
            toClient(() -> inputs().tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", END_POINT)));
        }
    }

    @Override
    public void armTimer(Timer timer, Duration delay) {
        timers.disarm(timer);
        if (brokenTimers || (timer == Timer.OPERATION && timersToBreak-- > 0)) {
            toClient(() -> core().timerFailed(timer, new IllegalStateException("the timers are broken")));
            return;
        }
        timers.arm(timer, delay);
    }

    @Override
    public void disarm(Timer timer) {
        timers.disarm(timer);
    }

    @Override
    public void deriveKey(byte[] password, byte[] salt, int iterations) {
        // It does not come over the connection, so it comes also where that was given up.
        clock.soon(() -> turn(() -> core().keyDerived(SaltedPassword.derive(password, salt, iterations))));
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
            return;
        }
        flush();
        clientGone = true;
        toServer(ClientConnection::endOfStream);
    }

    @Override
    public void abort() {
        if (next != null) {
            next.abort();
            return;
        }
        clientGone = true;
        toServer(ClientConnection::reset);
    }

    @Override
    public boolean ownedByCurrentThread() {
        return depth > 0 && tasks == 0;
    }

    @Override
    public void execute(Runnable task) {
        tasks++;
        clock.soon(() -> {
            tasks--;
            turn(task);
        });
    }

    @Override
    public void callbackFailed(CallbackKind callback, Throwable failure) {
        thrown = failure;
    }

    @Override
    public void observerFailed(Throwable failure) {
        thrown = failure;
    }

    /** The server's side. */
    private final class Server implements ReplayEffects {
        private final MemoryTimers<ReplayTimer> timers = new MemoryTimers<>(clock, ReplayTimer.class, timer -> {
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
                socket.came(() -> arrived(bytes));
            }
        }

        private void arrived(byte[] bytes) {
            if (clientTls && !tlsUp) {
                inputs().tlsFailed(TlsFailure.HANDSHAKE, new IOException("not an SSL/TLS record"));
            } else {
                watch.backend(bytes);
                inputs().received(bytes, 0, bytes.length);
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
            timers.disarmAll();
        }

        @Override
        public void halfClose() {
            flush();
            socket.came(() -> {
                if (clientTls && !tlsUp) {
                    inputs().tlsFailed(TlsFailure.HANDSHAKE, new IOException("the stream ended"));
                } else {
                    inputs().endOfStream();
                }
            });
        }

        @Override
        public void pauseReading() {
            deaf = true;
        }

        @Override
        public void abort() {
            flush();
            serverGone = true;
            timers.disarmAll();
            socket.came(() -> {
                var reset = new IOException("Connection reset by peer");
                if (clientTls && !tlsUp) {
                    inputs().tlsFailed(TlsFailure.HANDSHAKE, reset);
                } else {
                    inputs().reset(reset);
                }
            });
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
