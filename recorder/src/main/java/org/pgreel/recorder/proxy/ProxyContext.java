package org.pgreel.recorder.proxy;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.masking.CancelKey;

/** What the connections of one proxy share. Safe for use by many threads. */
final class ProxyContext {

    private static final int WORKERS = 2;

    private final Recorder recorder;
    private final ProxySettings settings;
    private final @Nullable ProxyCredential credential;
    private final ProxyCounters counters = new ProxyCounters();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("pgreel-proxy-tls", true));
    private final Map<CancelKey, ProxiedSession> sessionsByKey = new ConcurrentHashMap<>();
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private final AtomicInteger forwarded = new AtomicInteger();
    private final AtomicBoolean hopelessSaid = new AtomicBoolean();

    ProxyContext(Recorder recorder, ProxySettings settings) {
        this.recorder = recorder;
        this.settings = settings;
        ProxyLogin login = settings.login();
        this.credential = login == null ? null : ProxyCredential.of(login);
    }

    /** Returns with what the proxy may log in itself; null if it was given nothing. */
    @Nullable
    ProxyCredential credential() {
        return credential;
    }

    Recorder recorder() {
        return recorder;
    }

    ProxySettings settings() {
        return settings;
    }

    ProxyLimits limits() {
        return settings.limits();
    }

    ProxyCounters counters() {
        return counters;
    }

    /** Returns what reads files and does the slow parts of TLS and logins, away from the event loops. */
    ExecutorService workers() {
        return workers;
    }

    void problem(String sentence) {
        settings.problems().accept(sentence);
    }

    /** Says once what a user can do where channel binding cannot work. */
    void bindingIsHopeless() {
        if (hopelessSaid.compareAndSet(false, true)) {
            problem("A client that binds its login to TLS will be refused, because the proxy shows another certificate"
                    + " than the server: give the server's own (--tls-cert, --tls-key), or a credential to log in with"
                    + " (--user), or leave one leg without TLS (--upstream-sslmode disable).");
        }
    }

    /** Takes a place among the sessions that are forwarded at once, if one is free. */
    boolean takePlace() {
        int max = limits().sessionsMax();
        if (forwarded.incrementAndGet() > max && max > 0) {
            forwarded.decrementAndGet();
            return false;
        }
        return true;
    }

    void leavePlace() {
        forwarded.decrementAndGet();
    }

    /** Returns how many sessions are being forwarded. */
    int forwarded() {
        return forwarded.get();
    }

    /** Returns why something failed, in the words of the operating system where there are any. */
    static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown reason";
        }
        String message = cause.getMessage();
        if (cause instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    void keyKnown(CancelKey key, ProxiedSession session) {
        sessionsByKey.put(key, session);
    }

    void keyGone(CancelKey key, ProxiedSession session) {
        sessionsByKey.remove(key, session);
    }

    @Nullable
    ProxiedSession sessionOf(CancelKey key) {
        return sessionsByKey.get(key);
    }

    void opened(ProxiedConnection connection) {
        synchronized (connections) {
            connections.add(connection);
        }
    }

    void ended(ProxiedConnection connection) {
        synchronized (connections) {
            connections.remove(connection);
            connections.notifyAll();
        }
    }

    List<ProxiedConnection> connections() {
        synchronized (connections) {
            return List.copyOf(connections);
        }
    }

    /** Waits until no connection is left, but not longer than told. */
    void awaitNoConnection(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        synchronized (connections) {
            while (!connections.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                try {
                    connections.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    interrupted = true;
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
