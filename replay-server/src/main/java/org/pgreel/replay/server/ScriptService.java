package org.pgreel.replay.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.ScriptEngine;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;

/**
 * Plays a script to any client of PostgreSQL as often as clients come, on one port.
 *
 * <p>A run ends when it is decided and the last of its connections has ended; the next connection begins a new one, with
 * labels, signals and a verdict of its own. A run that is not decided, because a connection that the script awaits has
 * not come, goes on until it does. Many services may share a {@link ServerLoop}, that is, one thread.
 *
 * <p>Safe for use by several threads; closing it ends the connections that are left.
 */
public final class ScriptService implements AutoCloseable {
    private final Listening listening;
    private final RunSequence runs;
    private boolean closed;

    private ScriptService(Listening listening, RunSequence runs) {
        this.listening = listening;
        this.runs = runs;
    }

    /** Begins to set up a service for the script. */
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

    /**
     * Returns what the run has come to that is going on, or that was the last; what clients had sent before is read
     * first. Not for the event loop.
     */
    public synchronized PlayedRun run() {
        return closed ? runs.run() : listening.inLoop(runs::run);
    }

    /** Tells whether all connections of the run have ended; what clients had sent before is read first. */
    public synchronized boolean quiet() {
        return closed || listening.inLoop(runs::quiet);
    }

    /**
     * Stops listening and ends the connections that are left. A run that is not over, and to which a client came, ends
     * with what it has come to. Has no effect the second time.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            listening.inLoop(() -> Optional.ofNullable(runs.finish()));
            closed = true;
            listening.close();
        }
    }

    /** Sets up a service for a script. Not safe for use by several threads. */
    public static final class Builder {
        private final Script script;
        private @Nullable ServerLoop loop;
        private String host = "127.0.0.1";
        private int port;
        private ServerSettings settings = ServerSettings.DEFAULTS;
        private Chunking chunking = Chunking.WHOLE;
        private RunListener listener = RunListener.NONE;
        private Entropy entropy = SystemEntropy.INSTANCE;
        private boolean single;
        private UnaryOperator<PlayedServer> around = server -> server;
        private ServerCertificate certificate = ServerCertificate.VALID;
        private @Nullable Path unixSocket;
        private @Nullable Path certificateFile;
        private @Nullable Path keyFile;

        private Builder(Script script) {
            this.script = script;
        }

        /** Runs on that event loop, which the service does not close; without one it starts one of its own. */
        public Builder loop(ServerLoop shared) {
            loop = shared;
            return this;
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

        /** Makes salts, nonces, process ids and keys from a seed, so that a run can be repeated. */
        public Builder seed(long seed) {
            entropy = Entropy.seeded(seed);
            return this;
        }

        /**
         * Takes all connections into one run, also those that come when it could be decided: its end is told when the
         * service is closed, for whoever comes again may still do what the script forbids.
         */
        public Builder singleRun() {
            single = true;
            return this;
        }

        /** Puts something between the script and its clients, above TLS; called once, on the caller's thread. */
        public Builder around(UnaryOperator<PlayedServer> newAround) {
            around = newAround;
            return this;
        }

        /** Sets who hears what the runs come to. */
        public Builder listener(RunListener newListener) {
            listener = newListener;
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
        public ScriptService start() throws IOException {
            var runs = new RunSequence(
                    heard -> new ScriptEngine(script, settings, chunking, entropy, heard), listener, single);
            TlsIdentity tls = runs.needsTls() ? identity() : null;
            PlayedServer served = around.apply(runs);
            Listening listening = loop == null
                    ? Listening.start(host, port, served, tls)
                    : Listening.start(loop, host, port, served, tls);
            if (unixSocket != null) {
                listening.listenOn(unixSocket);
            }
            return new ScriptService(listening, runs);
        }

        private TlsIdentity identity() throws IOException {
            if (certificateFile != null && keyFile != null) {
                return TlsIdentity.ofFiles(certificateFile, keyFile);
            }
            return loop == null || certificate != ServerCertificate.VALID
                    ? TlsIdentity.of(certificate)
                    : loop.identity();
        }
    }
}
