package org.pgreel.replay.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;

/**
 * Plays a script to any client of PostgreSQL, over TCP.
 *
 * <p>Listens on loopback and a free port unless told otherwise. One event loop serves all clients; one server is one
 * run. Safe for use by several threads; closing it ends the connections that are left.
 *
 * <pre>{@code
 * try (ScriptServer server = ScriptServer.builder(Script.parse(text)).start()) {
 *     runTheClientAgainst(server.host(), server.port());
 *     assert server.await(Duration.ofSeconds(5)).passed();
 * }
 * }</pre>
 */
public final class ScriptServer implements AutoCloseable {
    private final Listening listening;
    private final ScriptEngine engine;
    private final News news;
    private @Nullable PlayReport last;

    private ScriptServer(Listening listening, ScriptEngine engine, News news) {
        this.listening = listening;
        this.engine = engine;
        this.news = news;
    }

    /** Begins to set up a server for the script. */
    public static Builder builder(Script script) {
        return new Builder(script);
    }

    /** Returns the address on which it listens, in numbers. */
    public String host() {
        return listening.address().getAddress().getHostAddress();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return listening.address().getPort();
    }

    /** Returns the certificate that it shows; empty when the script has no TLS. */
    public Optional<X509Certificate> certificate() {
        return listening.certificate();
    }

    /** Returns what the run has come to so far; after {@link #close()} what it had come to then. */
    public synchronized PlayReport report() {
        return last != null ? last : listening.inLoop(engine::report);
    }

    /**
     * Waits until the run has passed and all its connections have ended, or has failed for good, and returns what it has
     * come to: a client may have gone before its server has seen it.
     *
     * @param limit how long to wait at most
     */
    public PlayReport await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = news.count();
            PlayReport report = report();
            if (closed()) {
                return report;
            }
            boolean done = report.failed() || (report.passed() && listening.inLoop(engine::quiet));
            if (done || !news.await(seen, deadline - System.nanoTime())) {
                return report();
            }
        }
    }

    private synchronized boolean closed() {
        return last != null;
    }

    /** Stops listening and ends the connections that are left. Has no effect the second time. */
    @Override
    public synchronized void close() {
        if (last == null) {
            last = listening.inLoop(engine::report);
            listening.close();
        }
    }

    /** Counts what has changed, and lets threads wait for the next change. */
    private static final class News implements PlayListener {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition more = lock.newCondition();
        private final PlayListener next;
        private long count;

        News(PlayListener next) {
            this.next = next;
        }

        @Override
        public void departed(Mismatch mismatch) {
            next.departed(mismatch);
            changed();
        }

        @Override
        public void changed() {
            lock.lock();
            try {
                count++;
                more.signalAll();
            } finally {
                lock.unlock();
            }
            next.changed();
        }

        long count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until there is more than was seen; false if that takes too long. */
        boolean await(long seen, long nanos) {
            lock.lock();
            try {
                long left = nanos;
                while (count == seen) {
                    if (left <= 0) {
                        return false;
                    }
                    left = more.awaitNanos(left);
                }
                return true;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sets up a server for a script. Not safe for use by several threads. */
    public static final class Builder {
        private final Script script;
        private String host = "127.0.0.1";
        private int port;
        private ServerSettings settings = ServerSettings.DEFAULTS;
        private Chunking chunking = Chunking.WHOLE;
        private PlayListener listener = PlayListener.NONE;
        private @Nullable Path certificateFile;
        private @Nullable Path keyFile;

        private Builder(Script script) {
            this.script = script;
        }

        /** Listens there; port 0 takes a free one. */
        public Builder listen(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        /** Sets what holds for the server around the connections. */
        public Builder settings(ServerSettings newSettings) {
            settings = newSettings;
            return this;
        }

        /** Sets how writes are cut. */
        public Builder chunking(Chunking newChunking) {
            chunking = newChunking;
            return this;
        }

        /** Sets who hears of departures, on the event loop: it must not block. */
        public Builder listener(PlayListener newListener) {
            listener = newListener;
            return this;
        }

        /**
         * Shows a certificate from PEM files where the script has TLS; otherwise one that is made now.
         *
         * @param certificate the server's certificate, those of its issuers behind it
         * @param key its private key, not encrypted
         */
        public Builder certificate(Path certificate, Path key) {
            certificateFile = certificate;
            keyFile = key;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IOException if the port is in use, or a file of TLS cannot be read; the message says which
         * @throws org.pgreel.protocol.transcript.NotationException if a ready-made block is used as it cannot be
         */
        public ScriptServer start() throws IOException {
            var news = new News(listener);
            var engine = new ScriptEngine(script, settings, chunking, Listening::random, news);
            var listening = Listening.start(host, port, engine, engine.needsTls() ? identity() : null);
            return new ScriptServer(listening, engine, news);
        }

        private TlsIdentity identity() throws IOException {
            return certificateFile != null && keyFile != null
                    ? TlsIdentity.ofFiles(certificateFile, keyFile)
                    : TlsIdentity.selfSigned();
        }
    }
}
