package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedDns;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTcp;
import org.pgreel.client.ConnectionFailureReason.ServerVerificationFailed;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.Session;
import org.pgreel.client.SessionClosedException;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;

/**
 * A session with a PostgreSQL server as a machine without I/O: inputs come in by {@link SessionInputs}, and what they
 * lead to goes out by {@link Effects} and to {@link SessionStatusNotify}.
 *
 * <p>No thread, clock, randomness, logger or buffer pool is inside, so the same core runs over sockets and in a
 * simulation. Confined to the session's owner; {@link #session()} is the application's end and is thread-safe.
 *
 * <p>Everything that ends a session passes {@link #end}.
 */
public final class ClientSession implements SessionInputs {
    private final Parts parts;
    private final Effects effects;
    private final ConnectOptions options;
    private final LiveSession session;
    private final Reception reception;
    private final TimerEvents timers;
    private final Connecting connecting;
    private final Deque<Runnable> deferred = new ArrayDeque<>();
    private @Nullable SessionTap tap;
    private boolean busy;
    private boolean over;

    /**
     * Creates a session that has not begun; {@link #start} begins it.
     *
     * @param options where and how to connect
     * @param notify who hears of its life
     * @param effects what carries out what it wants
     * @param chance where its randomness comes from
     */
    public ClientSession(ConnectOptions options, SessionStatusNotify notify, Effects effects, Chance chance) {
        this.options = options;
        this.effects = effects;
        this.session = new LiveSession(this, effects, options.types());
        this.parts = Parts.of(options, effects, chance, session, notify, this::perform);
        this.reception = new Reception(parts, session);
        this.timers = new TimerEvents(parts, reception);
        this.connecting = new Connecting(parts, reception, session);
    }

    /** Returns the application's end of this session. */
    public Session session() {
        return session;
    }

    @Override
    public void start() {
        perform(() -> {
            parts.observers().begin(options);
            openTap();
            connecting.begin();
        });
    }

    private void openTap() {
        options.tap().ifPresent(wireTap -> {
            SessionTap sessionTap = wireTap.sessionOpened(new SessionOpening(
                    SessionOpening.Role.CLIENT, "", options.address().toString(), options.startupParameters()));
            tap = sessionTap;
            parts.tapWith(sessionTap);
            connecting.tapWith(sessionTap);
        });
    }

    @Override
    public void connected() {
        arrived(() -> {
            connecting.connected();
            reception.requireOpen();
            if (tap != null && parts.greeting().asksForTls()) {
                tap.tlsRequested(connecting.connection());
            }
            if (parts.greeting().connected()) {
                effects.startTls();
            }
        });
    }

    @Override
    public void connectFailed(ConnectFailure kind, @Nullable Throwable cause) {
        arrived(() -> {
            ServerAddress server = parts.route().current();
            throw SessionEnd.failed(
                    kind == ConnectFailure.DNS && server instanceof ServerAddress.Tcp tcp
                            ? new ConnectionFailedDns(tcp.host(), cause)
                            : new ConnectionFailedTcp(server, cause));
        });
    }

    @Override
    public void addressFailed(String address, Throwable cause) {
        arrived(() -> connecting.addressFailed(address, cause));
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        arrived(() -> {
            if (tap != null) {
                tap.read(connecting.connection(), buffer, from, to);
            }
            reception.received(buffer, from, to);
        });
    }

    @Override
    public void tlsEstablished(TlsSession tls) {
        arrived(() -> {
            if (tap != null) {
                tap.tlsEstablished(connecting.connection(), tls.protocol(), tls.cipher());
            }
            parts.greeting().tlsEstablished(tls);
        });
    }

    @Override
    public void tlsFailed(TlsFailure kind, @Nullable Throwable cause) {
        arrived(() -> {
            if (tap != null) {
                tap.tlsFailed(connecting.connection(), kind.name());
            }
            throw Greeting.tlsFailed(kind, cause);
        });
    }

    @Override
    public void endOfStream() {
        arrived(() -> {
            reception.ended(SessionEnd.byPeer(new ShutdownReason.ConnectionLost(null), null));
        });
    }

    @Override
    public void reset(Throwable cause) {
        arrived(() -> {
            reception.ended(SessionEnd.byPeer(new ShutdownReason.ConnectionLost(cause), cause));
        });
    }

    @Override
    public void elapsed(Timer timer) {
        perform(() -> timers.elapsed(timer));
    }

    @Override
    public void timerFailed(Timer timer, Throwable cause) {
        perform(() -> timers.failed(timer, cause));
    }

    @Override
    public void keyDerived(byte[] saltedPassword) {
        perform(() -> {
            if (connecting.keyCame()) {
                parts.login().keyDerived(saltedPassword);
            }
        });
    }

    @Override
    public void keyDerivationFailed(Throwable cause) {
        perform(() -> {
            if (connecting.keyCame()) {
                throw SessionEnd.failed(new ServerVerificationFailed(
                        "the key could not be derived (" + cause.getClass().getSimpleName() + ")"));
            }
        });
    }

    @Override
    public void tokenGiven(OAuthRequest request, char[] token) {
        perform(() -> parts.login().token().given(request, token));
    }

    @Override
    public void tokenFailed(OAuthRequest request, Throwable cause) {
        perform(() -> parts.login().token().failed(request, cause));
    }

    @Override
    public void writable() {
        parts.outbound().writable(true);
        perform(() -> {});
    }

    @Override
    public void unwritable() {
        parts.outbound().writable(false);
    }

    /** Returns how many bytes it holds: those that came and were not taken yet. For its owner. */
    public long held() {
        return reception.held();
    }

    /** Returns what the server holds prepared; confined to the session's owner. */
    Statements statements() {
        return parts.statements();
    }

    /** Takes an operation at once, also from inside a callback; it is sent when the input at hand is done. */
    void submitted(Operation<?> operation) {
        ShutdownReason reason = session.shutdownReason().orElse(null);
        if (reason != null) {
            parts.operations().refuse(operation, reason);
        } else if (busy) {
            try {
                parts.operations().submitted(operation);
            } catch (TapFailedException e) {
                // Ends the session; the callback that submitted is not to see it thrown.
                reception.endSoon(SessionEnd.recordingFailed(e));
            }
        } else {
            perform(() -> parts.operations().submitted(operation));
        }
    }

    /** The application asks something more of an operation: it is taken as an input of its own, behind the one at hand. */
    void asked(Runnable change) {
        perform(change);
    }

    void cancel(CompletableFuture<CancelOutcome> outcome) {
        if (over) {
            outcome.complete(new CancelOutcome.NothingToCancel());
        } else {
            parts.cancels().requested(outcome);
            perform(() -> parts.operations().cancel(parts.cancels().takeRequested()));
        }
    }

    /** Returns what the session is made of; for its owner. */
    Parts parts() {
        return parts;
    }

    void marked(String note) {
        perform(() -> {
            if (tap != null) {
                tap.marker(note);
            }
        });
    }

    @Override
    public void close() {
        if (busy) {
            reception.endSoon(SessionEnd.closed());
        } else {
            perform(() -> {
                throw SessionEnd.closed();
            });
        }
    }

    /** Takes an input of the session's own connection, unless that is given up before its turn comes. */
    private void arrived(Runnable input) {
        int attempt = connecting.attempt();
        perform(() -> {
            if (attempt == connecting.attempt()) {
                input.run();
            }
        });
    }

    /** Takes one input to its end; those that arrive inside it wait. */
    private void perform(Runnable input) {
        if (over) {
            return;
        }
        if (busy) {
            deferred.add(input);
            return;
        }
        busy = true;
        try {
            run(input);
            for (Runnable next = deferred.poll(); next != null && !over; next = deferred.poll()) {
                run(next);
            }
        } finally {
            busy = false;
        }
    }

    private void run(Runnable input) {
        try {
            input.run();
            reception.requireOpen();
            reception.goOn();
            if (parts.greeting().stage() == Stage.READY && reception.ending() == null) {
                parts.operations().proceed();
                reception.requireOpen();
            }
            parts.outbound().transmit();
            reception.regulate();
        } catch (SessionEnd end) {
            end(end);
        } catch (MalformedMessageException e) {
            end(SessionEnd.violation(String.valueOf(e.getMessage())));
        } catch (TapFailedException e) {
            end(SessionEnd.recordingFailed(e));
        }
    }

    private void end(SessionEnd end) {
        Stage stage = parts.greeting().stage();
        ShutdownReason first = reception.firstCause(end.reason());
        ShutdownReason reason = stage == Stage.READY ? first : parts.greeting().failure(first);
        if (stage != Stage.READY && goesOn(end, reason)) {
            return;
        }
        over = true;
        deferred.clear();
        List<Runnable> steps = List.of(
                this::disarm,
                () -> connecting.leave(stage, end.by()),
                () -> session.facts().over(reason),
                this::endCancel,
                () -> parts.operations().abandon(reason),
                () -> tellIfNotConnected(reason),
                () -> parts.notifier().shutdown(reason),
                () -> connecting.closeTap(stage, end),
                () -> parts.observers().ended(reason),
                () -> session.facts().ready.completeExceptionally(notReady(reason)),
                () -> session.facts().ended.complete(reason));
        takeAll(steps.iterator());
    }

    private boolean goesOn(SessionEnd end, ShutdownReason reason) {
        try {
            return connecting.goesOn(end, reason);
        } catch (TapFailedException e) {
            // The session ends with the reason that the attempt had.
            return false;
        }
    }

    /** Takes every step, also where one before it throws, so that nobody waits forever for a session that is over. */
    private static void takeAll(Iterator<Runnable> steps) {
        if (steps.hasNext()) {
            try {
                steps.next().run();
            } finally {
                takeAll(steps);
            }
        }
    }

    private void disarm() {
        for (Timer timer : Timer.values()) {
            effects.disarm(timer);
        }
    }

    private void endCancel() {
        try {
            parts.cancels().sessionEnds();
        } catch (TapFailedException e) {
            // The session is over; the tap has marked its recording itself.
            tap = null;
        }
    }

    private void tellIfNotConnected(ShutdownReason reason) {
        if (reason instanceof ShutdownReason.ConnectionFailed failed) {
            parts.notifier().connectionFailed(failed.reason());
        }
    }

    private static RuntimeException notReady(ShutdownReason reason) {
        return reason instanceof ShutdownReason.ConnectionFailed failed
                ? new ConnectFailedException(failed.reason())
                : new SessionClosedException(reason, ServerEffect.NONE);
    }
}
