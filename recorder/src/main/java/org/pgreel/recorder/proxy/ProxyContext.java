package org.pgreel.recorder.proxy;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.masking.CancelKey;

/** What the connections of one proxy share. Safe for use by many threads. */
final class ProxyContext {

    private final Recorder recorder;
    private final String upstreamHost;
    private final int upstreamPort;
    private final SslMode upstreamSslMode;
    private final Consumer<String> problems;
    private final ProxyLimits limits;
    private final Map<CancelKey, ProxiedSession> sessionsByKey = new ConcurrentHashMap<>();
    private final Set<ProxiedConnection> connections = new HashSet<>();

    ProxyContext(
            Recorder recorder,
            String upstreamHost,
            int upstreamPort,
            SslMode upstreamSslMode,
            Consumer<String> problems,
            ProxyLimits limits) {
        this.recorder = recorder;
        this.upstreamHost = upstreamHost;
        this.upstreamPort = upstreamPort;
        this.upstreamSslMode = upstreamSslMode;
        this.problems = problems;
        this.limits = limits;
    }

    Recorder recorder() {
        return recorder;
    }

    String upstreamHost() {
        return upstreamHost;
    }

    int upstreamPort() {
        return upstreamPort;
    }

    String upstreamName() {
        return upstreamHost + ":" + upstreamPort;
    }

    SslMode upstreamSslMode() {
        return upstreamSslMode;
    }

    ProxyLimits limits() {
        return limits;
    }

    void problem(String sentence) {
        problems.accept(sentence);
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
