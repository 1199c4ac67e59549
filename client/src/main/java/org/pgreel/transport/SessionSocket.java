package org.pgreel.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.client.ServerAddress;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.ConnectionEffects;
import org.pgreel.session.ConnectionInputs;
import org.pgreel.session.Effects;
import org.pgreel.session.SessionInputs;
import org.pgreel.session.Timer;
import org.pgreel.tap.CallbackKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's way to the world: performs the effects that the core asks for, over a socket, on the session's event
 * loop.
 *
 * <p>Everything here belongs to that loop, except {@link #begin}, {@link #execute} and {@link #ownedByCurrentThread},
 * which any thread may call.
 */
public final class SessionSocket implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSocket.class);

    private final Transport transport;
    private final EventLoop loop;
    private final ConnectOptions options;
    private final SessionTurns turns;
    private final SessionTimers timers;
    /** Set before the first turn is asked for, by which the loop sees it. */
    private @Nullable SessionInputs inputs;

    private @Nullable ServerAddress server;
    private @Nullable ConnectionAttempts attempts;
    private @Nullable SocketConnection connection;
    private @Nullable Channel channel;
    private @Nullable CancelSocket another;
    /** Those that were opened and are not closed; the session is in its client's books as long as there is one. */
    private final Set<Channel> channels = new HashSet<>();

    private boolean ended;

    SessionSocket(Transport transport, EventLoop loop, ConnectOptions options) {
        this.transport = transport;
        this.loop = loop;
        this.options = options;
        this.turns = new SessionTurns(loop, this::turnEnded, this::broken);
        this.timers = new SessionTimers(loop, timer -> turns.turn(() -> core().elapsed(timer)));
    }

    /**
     * Begins the session: its core gets the first input on the event loop. Called once.
     *
     * @param core the core
     * @throws IllegalStateException if the client is closed; the core then gets no input at all
     */
    public void begin(SessionInputs core) {
        transport.begin(this, () -> {
            inputs = core;
            turns.execute(core::start);
        });
    }

    /** Closes the session as the application would; its client has taken it into its books by {@link #begin}. */
    void closeSession() {
        turns.execute(() -> core().close());
    }

    @Override
    public void connect(ServerAddress address) {
        server = address;
        ConnectionAttempts begun = newAttempts(this::newConnection, this::notConnected);
        attempts = begun;
        begun.start(address, (failed, cause) -> turns.turn(() -> core().addressFailed(failed, cause)));
    }

    @Override
    public void giveUp(boolean inOrder) {
        SocketConnection open = connection;
        if (attempts != null) {
            attempts.abandon();
        }
        attempts = null;
        connection = null;
        channel = null;
        if (open != null && inOrder) {
            open.close();
        } else if (open != null) {
            open.abort();
        }
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        if (connection != null) {
            connection.write(buffer, from, to);
        }
    }

    /** Does nothing at once: what one turn writes leaves together when the turn ends. */
    @Override
    public void flush() {}

    @Override
    public void pauseRead() {
        if (connection != null) {
            connection.pauseRead();
        }
    }

    @Override
    public void resumeRead() {
        if (connection != null) {
            connection.resumeRead();
        }
    }

    @Override
    public void startTls() {
        startTls(connection);
    }

    /** Begins TLS on a connection of this session: the checks are the same for each. */
    void startTls(@Nullable SocketConnection on) {
        if (on == null || !(server instanceof ServerAddress.Tcp tcp)) {
            throw new AssertionError("TLS was asked for without a TCP connection; please report this");
        }
        on.startTls(TlsSettings.of(options.tls()), tcp.host(), tcp.port(), transport.workers());
    }

    @Override
    public ConnectionEffects connectAgain(ConnectionInputs its) {
        CancelSocket opened = new CancelSocket(this, its);
        another = opened;
        opened.connect(newAttempts(opened::newConnection, opened::notConnected), channel);
        return opened;
    }

    private ConnectionAttempts newAttempts(
            Function<Channel, ChannelHandler> handlers, BiConsumer<ConnectFailure, Throwable> failed) {
        return new ConnectionAttempts(transport, loop, options, handlers, failed);
    }

    @Override
    public void armTimer(Timer timer, Duration delay) {
        try {
            timers.arm(timer, delay);
        } catch (RejectedExecutionException loopIsGone) {
            turns.execute(() -> core().timerFailed(timer, loopIsGone));
        }
    }

    @Override
    public void disarm(Timer timer) {
        timers.disarm(timer);
    }

    @Override
    public void deriveKey(byte[] password, byte[] salt, int iterations) {
        try {
            transport
                    .keys()
                    .derive(
                            password,
                            salt,
                            iterations,
                            key -> turns.execute(() -> core().keyDerived(key)),
                            failure -> turns.execute(() -> core().keyDerivationFailed(failure)));
        } catch (RejectedExecutionException busyOrClosed) {
            turns.execute(() -> core().keyDerivationFailed(busyOrClosed));
        }
    }

    @Override
    public void requestToken(OAuthRequest request, OAuthTokenProvider provider) {
        try {
            transport.workers().execute(() -> {
                try {
                    provider.token(request).whenComplete((token, failure) -> tokenCame(request, token, failure));
                } catch (RuntimeException failure) {
                    tokenCame(request, null, failure);
                }
            });
        } catch (RejectedExecutionException busyOrClosed) {
            tokenCame(request, null, busyOrClosed);
        }
    }

    private void tokenCame(OAuthRequest request, char @Nullable [] token, @Nullable Throwable failure) {
        turns.execute(() -> {
            if (token != null && failure == null) {
                core().tokenGiven(request, token);
            } else {
                core().tokenFailed(request, failure == null ? new NullPointerException("no token") : failure);
            }
        });
    }

    @Override
    public void close() {
        SocketConnection open = connection;
        finish(open == null ? () -> {} : open::close);
    }

    @Override
    public void abort() {
        SocketConnection open = connection;
        finish(open == null ? () -> {} : open::abort);
    }

    @Override
    public boolean ownedByCurrentThread() {
        return turns.ownedByCurrentThread();
    }

    @Override
    public void execute(Runnable task) {
        turns.execute(task);
    }

    @Override
    public void callbackFailed(CallbackKind callback, Throwable thrown) {
        LOG.warn("{} of the application threw; the session goes on", callback.callbackName(), thrown);
    }

    @Override
    public void observerFailed(Throwable thrown) {
        LOG.warn("An observer of the session threw; the session goes on", thrown);
    }

    @Override
    public void receiverFailed(String receiver, Throwable thrown) {
        LOG.warn("{} of the application threw; the session goes on", receiver, thrown);
    }

    private SessionInputs core() {
        if (inputs == null) {
            throw new AssertionError("an input before the session began; please report this");
        }
        return inputs;
    }

    private ChannelHandler newConnection(Channel opened) {
        channel = opened;
        if (options.socketBuffers() > 0) {
            opened.config().setOption(ChannelOption.SO_SNDBUF, options.socketBuffers());
            opened.config().setOption(ChannelOption.SO_RCVBUF, options.socketBuffers());
        }
        SocketConnection fresh = newConnection(opened, core(), () -> {
            // One that was given up is not the session's any more.
            if (channel == opened) {
                finish(() -> {});
            }
        });
        connection = fresh;
        return fresh;
    }

    /** Makes the handler of a channel that this session opens, and keeps the channel in mind until it is closed. */
    SocketConnection newConnection(Channel opened, ConnectionInputs its, Runnable gone) {
        channels.add(opened);
        opened.closeFuture().addListener(closed -> {
            channels.remove(opened);
            leaveBooks();
        });
        return new SocketConnection(turns, its, options.closeTimeout(), gone);
    }

    private void leaveBooks() {
        if (ended && channels.isEmpty()) {
            transport.ended(this);
        }
    }

    SessionTurns turns() {
        return turns;
    }

    private void notConnected(ConnectFailure kind, Throwable cause) {
        ConnectionAttempts failed = attempts;
        turns.turn(() -> core().connectFailed(kind, cause));
        if (attempts == failed) {
            finish(() -> {});
        }
    }

    private void turnEnded() {
        if (connection != null) {
            connection.turnEnded();
        }
        if (another != null) {
            another.turnEnded();
        }
    }

    /** Ends the session's use of its socket, once; it is out of the client's books when the socket is closed. */
    private void finish(Runnable closing) {
        if (ended) {
            return;
        }
        ended = true;
        timers.disarmAll();
        if (attempts != null) {
            attempts.abandon();
        }
        Channel open = channel;
        try {
            closing.run();
        } catch (RuntimeException | Error defect) {
            if (open != null) {
                OrderlyClose.abort(open);
            }
            throw defect;
        } finally {
            leaveBooks();
        }
    }

    /** A defect: the session cannot be trusted any more. */
    private void broken(Throwable thrown) {
        LOG.error("A session failed for a reason within PgReel; please report this", thrown);
        SessionInputs core = inputs;
        if (core != null && !ended) {
            try {
                core.reset(thrown);
            } catch (RuntimeException | Error again) {
                LOG.error("The session could not be ended in order", again);
            }
        }
        if (another != null) {
            another.abort();
        }
        abort();
    }
}
