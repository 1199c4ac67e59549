package org.pgreel.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Timers;

/**
 * The threads and sockets of one client: event loops named {@code pgreel-client-1} …, a few worker threads for what
 * takes long (key derivation, TLS's own computations) and a few for the resolver, which blocks.
 *
 * <p>Thread-safe.
 */
public final class Transport implements AutoCloseable {
    /** How long {@link #close} waits for the sessions, and then again for the event loops. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(3);

    /** How long the event loops go on by themselves when the client is closed on one of them. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private static final Duration IDLE_THREAD_LIFE = Duration.ofSeconds(10);
    private static final int WORKERS = 2;
    private static final int WORK_WAITING_MAX = 10_000;
    private static final int RESOLVERS = 4;

    private final SocketKind sockets;
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final ExecutorService resolvers;
    private final KeyDerivation keys;
    private final NameResolution names;
    private final Set<SessionSocket> sessions = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private boolean closed;

    private Transport(SocketKind sockets, EventLoopGroup loops) {
        this.sockets = sockets;
        this.loops = loops;
        this.workers = pool("pgreel-client-worker", WORKERS);
        this.resolvers = pool("pgreel-client-resolver", RESOLVERS);
        this.keys = new KeyDerivation(workers);
        this.names = new NameResolution(resolvers);
    }

    /**
     * Starts the threads.
     *
     * @param eventLoops how many event loops, at least 1
     * @param daemon whether the event loops let the Java virtual machine end
     * @param nativeSockets whether epoll may be used where it is present
     */
    public static Transport start(int eventLoops, boolean daemon, boolean nativeSockets) {
        return start(eventLoops, daemon, SocketKind.best(nativeSockets));
    }

    static Transport start(int eventLoops, boolean daemon, SocketKind sockets) {
        return new Transport(sockets, sockets.newEventLoops(eventLoops, new EventLoopThreads("pgreel-client", daemon)));
    }

    /**
     * Assigns a session to an event loop; nothing happens before {@link SessionSocket#begin}.
     *
     * @param options where and how the session connects
     */
    public SessionSocket open(ConnectOptions options) {
        return new SessionSocket(this, loops.next(), options);
    }

    /**
     * Takes a session into the books and lets it begin, in one step: {@link #close} comes either before, and the session
     * is refused, or after, and then it closes the session.
     *
     * @param session the session
     * @param start asks for the session's first turn; called under the lock, so it must not run the turn itself
     * @throws IllegalStateException if the transport is closed; the session then hears nothing at all
     */
    void begin(SessionSocket session, Runnable start) {
        synchronized (changed) {
            if (closed) {
                throw new IllegalStateException("the client is closed");
            }
            sessions.add(session);
            start.run();
        }
    }

    /** Returns timers that run on the event loops; they refuse with RejectedExecutionException when this is closed. */
    public Timers timers() {
        return new LoopTimers(loops);
    }

    /** Returns how many sessions are not over, or still have a socket open. */
    public int sessionCount() {
        return sessions.size();
    }

    /**
     * Closes all sessions, then the threads, within a few seconds. On an event loop nothing is waited for; the rest
     * happens behind it.
     */
    @Override
    public void close() {
        synchronized (changed) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sessions.forEach(SessionSocket::closeSession);
        if (onEventLoop()) {
            Future<?> unused =
                    loops.shutdownGracefully(GRACE.toMillis(), CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            awaitSessions();
            loops.shutdownGracefully(0, CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        }
        workers.shutdown();
        resolvers.shutdownNow();
    }

    private boolean onEventLoop() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    private void awaitSessions() {
        long deadline = System.nanoTime() + CLOSE_BOUND.toNanos();
        boolean interrupted = false;
        synchronized (changed) {
            while (!sessions.isEmpty() && !interrupted) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    return;
                }
                try {
                    changed.wait(millis);
                } catch (InterruptedException stopWaiting) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_THREAD_LIFE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(WORK_WAITING_MAX),
                new NamedThreads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    void ended(SessionSocket session) {
        synchronized (changed) {
            sessions.remove(session);
            changed.notifyAll();
        }
    }

    EventLoopGroup loops() {
        return loops;
    }

    SocketKind sockets() {
        return sockets;
    }

    Executor workers() {
        return workers;
    }

    KeyDerivation keys() {
        return keys;
    }

    NameResolution names() {
        return names;
    }
}
