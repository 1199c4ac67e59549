package org.pgreel.replay.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.play.Chapter;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayListener;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.play.Standing;
import org.pgreel.replay.script.Script;
import org.pgreel.tap.WireTap;

/**
 * Plays a script to any client of PostgreSQL, over TCP.
 *
 * <p>Listens on loopback and a free port unless told otherwise. One event loop serves all clients; one server is one
 * run, until {@link #begin another begins}. Safe for use by several threads; closing it ends the connections that are
 * left.
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
    private final Stage stage;
    private final News news;
    private @Nullable PlayReport last;

    private ScriptServer(Listening listening, Stage stage, News news) {
        this.listening = listening;
        this.stage = stage;
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

    /** Returns the certificate that a client must trust to accept this server's; empty when the script has no TLS. */
    public Optional<X509Certificate> authority() {
        return listening.authority();
    }

    /** Returns what the run has come to so far; after {@link #close()} what it had come to then. */
    public synchronized PlayReport report() {
        return last != null ? last : listening.inLoop(() -> stage.run().report());
    }

    /** Returns where the connections stand that have not ended, in order of arrival; none after {@link #close()}. */
    public synchronized List<Standing> standings() {
        return last != null ? List.of() : listening.inLoop(() -> stage.run().standings());
    }

    /**
     * Waits until the run has passed and all its connections have ended, or has failed for good, and returns what it has
     * come to: a client may have gone before its server has seen it.
     *
     * @param limit how long to wait at most
     */
    public PlayReport await(Duration limit) {
        awaits(
                limit,
                run -> decided(run.report()) && (run.quiet() || run.report().failed()));
        return report();
    }

    /**
     * Waits until the run has passed, with connections that may still be open, or has failed for good, or has no
     * connection left that could go on; and returns what it has come to.
     *
     * @param limit how long to wait at most
     */
    public PlayReport awaitVerdict(Duration limit) {
        awaits(limit, run -> run.quiet() || decided(run.report()));
        return report();
    }

    private static boolean decided(PlayReport report) {
        return report.passed() || report.failed();
    }

    /**
     * Waits until the script has signalled the label, or a fault of that label has fired.
     *
     * @param limit how long to wait at most
     * @return false if it has not by then, or cannot any more: the run has failed, or the server was closed
     */
    public boolean awaitSignal(String label, Duration limit) {
        awaits(limit, run -> run.signals(label) > 0 || run.report().failed());
        return is(run -> run.signals(label) > 0) && !closed();
    }

    /** Signals the label, for which {@code await} waits in the script; see {@link Script#parse(String, Set)}. */
    public synchronized void signal(String label) {
        if (last == null) {
            listening.inLoop(() -> {
                stage.run().signal(label, 1);
                return label;
            });
        }
    }

    /** Waits until the run is as wanted, or the server closed; false if that takes too long. */
    private boolean awaits(Duration limit, Predicate<ScriptEngine> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = news.count();
            if (is(wanted)) {
                return true;
            }
            if (!news.await(seen, deadline - System.nanoTime())) {
                return false;
            }
        }
    }

    /**
     * Begins another run of the same script on the same port. The connections of the run before are closed; what it had
     * come to is returned.
     *
     * @param chunking how writes are cut in the new run
     * @throws IllegalStateException if the server is closed
     */
    public synchronized PlayReport begin(Chunking chunking) {
        if (last != null) {
            throw new IllegalStateException("The server is closed");
        }
        return listening.inLoop(() -> {
            PlayReport before = stage.run().report();
            stage.begin(chunking);
            listening.closeClients();
            return before;
        });
    }

    /**
     * Opens a chapter of the recording; the connections that there are go on in it.
     *
     * @return false if the recording has no such chapter
     * @throws IllegalStateException if the server is closed, or plays no recording by exchanges
     */
    public synchronized boolean open(Chapter chapter) {
        if (last != null) {
            throw new IllegalStateException("The server is closed");
        }
        return listening.inLoop(() -> stage.run().open(chapter));
    }

    private synchronized boolean is(Predicate<ScriptEngine> wanted) {
        return last != null || listening.inLoop(() -> wanted.test(stage.run()));
    }

    private synchronized boolean closed() {
        return last != null;
    }

    /** Tells whether clients came, and all of them are gone. */
    public boolean clientsGone() {
        return listening.clientsGone();
    }

    /** Stops listening and ends the connections that are left. Has no effect the second time. */
    @Override
    public synchronized void close() {
        if (last == null) {
            last = listening.inLoop(() -> stage.run().report());
            listening.close();
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
        private UnaryOperator<PlayedServer> around = server -> server;
        private @Nullable WireTap tap;
        private @Nullable Long seed;
        private ServerCertificate certificate = ServerCertificate.VALID;
        private @Nullable Path unixSocket;
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

        /**
         * Listens on a Unix domain socket too. There a reset reaches the client as an end of stream, and a client that
         * ends its own stream ends the connection.
         *
         * @param socket its file, or a directory, in which it is named {@code .s.PGSQL.} and the port, as libpq names it
         */
        public Builder unix(Path socket) {
            unixSocket = socket;
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

        /** Makes salts, nonces, process ids and keys of each run from a seed, so that a test can repeat it. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /** Sets who hears of departures, on the event loop: it must not block. */
        public Builder listener(PlayListener newListener) {
            listener = newListener;
            return this;
        }

        /** Puts something between the script and its clients, above TLS; called once, on the caller's thread. */
        public Builder around(UnaryOperator<PlayedServer> newAround) {
            around = newAround;
            return this;
        }

        /** Tells a recorder, say, what is said on each connection, faults and all; it is called by the thread of the server. */
        public Builder tap(WireTap newTap) {
            tap = newTap;
            return this;
        }

        /** Sets what certificate is made where the script has TLS. */
        public Builder certificate(ServerCertificate kind) {
            certificate = kind;
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
            var stage = new Stage(next -> new ScriptEngine(script, settings, next, entropy(), news), chunking);
            boolean needsTls = stage.run().needsTls();
            PlayedServer told = tap == null ? stage : new TappedServer(stage, tap);
            var listening = Listening.start(host, port, around.apply(told), needsTls ? identity() : null);
            if (unixSocket != null) {
                listening.listenOn(unixSocket);
            }
            return new ScriptServer(listening, stage, news);
        }

        private Entropy entropy() {
            return seed == null ? SystemEntropy.INSTANCE : Entropy.seeded(seed);
        }

        private TlsIdentity identity() throws IOException {
            return certificateFile != null && keyFile != null
                    ? TlsIdentity.ofFiles(certificateFile, keyFile)
                    : TlsIdentity.of(certificate);
        }
    }

    /** Shows new connections to the engine of the run that is on. */
    private static final class Stage implements PlayedServer {
        private final Function<Chunking, ScriptEngine> runs;
        private volatile ScriptEngine run;

        Stage(Function<Chunking, ScriptEngine> runs, Chunking first) {
            this.runs = runs;
            this.run = runs.apply(first);
        }

        ScriptEngine run() {
            return run;
        }

        void begin(Chunking chunking) {
            run = runs.apply(chunking);
        }

        @Override
        public ClientConnection opened(String client, ReplayEffects effects) {
            return run.opened(client, effects);
        }
    }
}
