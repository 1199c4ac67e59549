package org.pgreel.scenarios.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.client.ServerAddress;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.session.ConnectFailure;
import org.pgreel.session.ConnectionEffects;
import org.pgreel.session.ConnectionInputs;
import org.pgreel.session.Effects;
import org.pgreel.session.SessionInputs;
import org.pgreel.session.Timer;
import org.pgreel.tap.CallbackKind;

/**
 * A session of a simulated run: its own connection, others to the same server, its timers and its turns, on a clock that
 * never waits.
 */
public final class SimulatedSession implements Effects {
    /** Where the server is. */
    public static final ServerAddress SERVER = new ServerAddress.Tcp("localhost", 5432);

    /** Where nobody is. */
    public static final ServerAddress CLOSED = new ServerAddress.Tcp("localhost", 1);

    private final VirtualClock clock;
    private final PlayedServer engine;
    private final Network network;
    private final KeyDerivation keys;
    private final Supplier<LinkWatch> watches;
    private final boolean brokenTimers;
    private final VirtualTimers<Timer> timers;
    private @Nullable SessionInputs core;
    /** The session's own connection; the last, where it tried several. */
    private @Nullable SimulatedLink link;

    private final List<SimulatedLink> links = new ArrayList<>();
    private @Nullable Throwable thrown;
    private Runnable turned = () -> {};
    private int timersToBreak;
    private int depth;
    private int tasks;
    private boolean over;

    /**
     * @param clock the run's
     * @param engine who answers
     * @param network what lies between
     * @param keys derives keys
     * @param watches makes who looks on at a connection
     * @param brokenTimers whether no timer of the client can be armed
     */
    public SimulatedSession(
            VirtualClock clock,
            PlayedServer engine,
            Network network,
            KeyDerivation keys,
            Supplier<LinkWatch> watches,
            boolean brokenTimers) {
        this.network = network;
        this.keys = keys;
        this.brokenTimers = brokenTimers;
        this.clock = clock;
        this.timers = new VirtualTimers<>(clock, Timer.class, timer -> turn(() -> core().elapsed(timer)));
        this.engine = engine;
        this.watches = watches;
    }

    /** Joins the core, which begins. */
    public void begin(SessionInputs session) {
        core = session;
        clock.soon(() -> turn(session::start));
    }

    /** Lets someone look at the session behind each of its turns. */
    public void turned(Runnable look) {
        turned = look;
    }

    private SessionInputs core() {
        if (core == null) {
            throw new IllegalStateException("The session has not begun");
        }
        return core;
    }

    private SimulatedLink link() {
        if (link == null) {
            throw new IllegalStateException("The session has not connected");
        }
        return link;
    }

    private void turn(Runnable input) {
        depth++;
        try {
            input.run();
        } finally {
            depth--;
        }
        if (depth == 0) {
            turned.run();
        }
    }

    /** Lets so many of the next timers for operations fail. */
    public void breakTimers(int times) {
        timersToBreak = times;
    }

    /** Tells whether a timer of the client is armed, which none should be behind its end. */
    public boolean hasTimers() {
        return !timers.isEmpty();
    }

    /** Tells whether a timer of the server is armed for one of the session's connections. */
    public boolean serverHasTimers() {
        for (SimulatedLink each : links) {
            if (each.serverHasTimers()) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the client has closed its side. */
    public boolean clientGone() {
        return over;
    }

    /** Tells how many of its connections the client has not closed. */
    public int open() {
        int open = 0;
        for (SimulatedLink each : links) {
            open += each.clientGone() ? 0 : 1;
        }
        return open;
    }

    /** Returns what a callback of the application threw; null if none did. */
    public @Nullable Throwable thrown() {
        return thrown;
    }

    @Override
    public void connect(ServerAddress address) {
        SimulatedLink fresh = newLink(core());
        link = fresh;
        fresh.open(unreachable(address));
    }

    private SimulatedLink newLink(ConnectionInputs inputs) {
        var made = new SimulatedLink(clock, engine, network, links.size() + 1, watches.get(), this::turn, inputs);
        links.add(made);
        return made;
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
        if (inOrder) {
            link().close();
        } else {
            link().abort();
        }
    }

    @Override
    public ConnectionEffects connectAgain(ConnectionInputs another) {
        SimulatedLink second = newLink(another);
        second.open(null);
        return second;
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        link().write(buffer, from, to);
    }

    @Override
    public void flush() {
        link().flush();
    }

    @Override
    public void startTls() {
        link().startTls();
    }

    @Override
    public void pauseRead() {
        link().pauseRead();
    }

    @Override
    public void resumeRead() {
        link().resumeRead();
    }

    @Override
    public void armTimer(Timer timer, Duration delay) {
        timers.disarm(timer);
        if (brokenTimers || (timer == Timer.OPERATION && timersToBreak-- > 0)) {
            clock.soon(() -> turn(() -> core().timerFailed(timer, new IllegalStateException("the timers are broken"))));
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
        clock.soon(() -> turn(() -> core().keyDerived(keys.derive(password, salt, iterations))));
    }

    @Override
    public void requestToken(OAuthRequest request, OAuthTokenProvider provider) {
        provider.token(request)
                .whenComplete((token, failure) -> clock.soon(() -> turn(() -> {
                    if (failure == null) {
                        core().tokenGiven(request, token);
                    } else {
                        core().tokenFailed(request, failure);
                    }
                })));
    }

    @Override
    public void close() {
        over = true;
        if (link != null) {
            link.close();
        }
    }

    @Override
    public void abort() {
        over = true;
        if (link != null) {
            link.abort();
        }
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
    public void receiverFailed(String receiver, Throwable failure) {
        thrown = failure;
    }

    @Override
    public void observerFailed(Throwable failure) {
        thrown = failure;
    }
}
