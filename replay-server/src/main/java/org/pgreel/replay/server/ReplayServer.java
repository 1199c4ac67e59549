package org.pgreel.replay.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEngine;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.live.LiveRecording;
import org.pgreel.replay.live.LiveSettings;
import org.pgreel.replay.live.RelayedServer;
import org.pgreel.replay.report.ReplayReport;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.tap.WireTap;

/**
 * Plays a recording to any client of PostgreSQL, over TCP.
 *
 * <p>Listens on loopback and a free port unless told otherwise. One event loop serves all clients. Safe for use by
 * several threads; closing it ends the connections that are left.
 *
 * <pre>{@code
 * try (ReplayServer server = ReplayServer.builder(recording).start()) {
 *     runTheClientAgainst(server.host(), server.port());
 *     assert server.report().passed();
 * }
 * }</pre>
 */
public final class ReplayServer implements AutoCloseable {
    private final Listening listening;
    private final ReplayEngine engine;
    private final Runnable behind;
    private @Nullable ReplayReport last;

    private ReplayServer(Listening listening, ReplayEngine engine, Runnable behind) {
        this.listening = listening;
        this.engine = engine;
        this.behind = behind;
    }

    /** Begins to set up a server for the recording. */
    public static Builder builder(PlayableRecording recording) {
        return new Builder(recording);
    }

    /** Returns the address on which it listens, in numbers. */
    public String host() {
        return listening.address().getAddress().getHostAddress();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return listening.address().getPort();
    }

    /** Returns the certificate that it shows; empty without TLS. */
    public Optional<X509Certificate> certificate() {
        return listening.certificate();
    }

    /** Tells whether clients came, and all of them are gone. */
    public boolean clientsGone() {
        return listening.clientsGone();
    }

    /** Returns what the replay has come to so far; after {@link #close()} what it had come to then. */
    public synchronized ReplayReport report() {
        return last != null ? last : listening.inLoop(engine::report);
    }

    /** Stops listening and ends the connections that are left. Has no effect the second time. */
    @Override
    public synchronized void close() {
        if (last == null) {
            last = report();
            listening.close();
            behind.run();
        }
    }

    /** Sets up a replay server. Not safe for use by several threads. */
    public static final class Builder {
        private final PlayableRecording recording;
        private String host = "127.0.0.1";
        private int port;
        private ReplaySettings settings = ReplaySettings.DEFAULTS;
        private boolean selfSigned;
        private @Nullable Path certificateFile;
        private @Nullable Path keyFile;
        private @Nullable Path clientAuthorities;
        private @Nullable WireTap tap;
        private UnaryOperator<PlayedServer> around = server -> server;
        private @Nullable Path unixSocket;
        private @Nullable LiveSettings live;

        private Builder(PlayableRecording recording) {
            this.recording = recording;
        }

        /** Listens there; port 0 takes a free one. */
        public Builder listen(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        /**
         * Listens on a Unix domain socket too.
         *
         * @param socket the path to make it at, or a directory, in which it is named as libpq looks for it
         */
        public Builder unix(Path socket) {
            unixSocket = socket;
            return this;
        }

        /** Plays the recording so; whether TLS is offered is decided by the methods for TLS of this builder. */
        public Builder settings(ReplaySettings newSettings) {
            settings = newSettings;
            return this;
        }

        /** Tells a recorder, say, what is said on each connection; it is called by the thread of the server. */
        public Builder tap(WireTap newTap) {
            tap = newTap;
            return this;
        }

        /** Puts something between the recording and its clients, above TLS; called once, on the caller's thread. */
        public Builder around(UnaryOperator<PlayedServer> newAround) {
            around = newAround;
            return this;
        }

        /**
         * Asks a live server what is not recorded, and records it: a run from idle to idle in which a question has no answer.
         * For statements that are matched by exchanges ({@link ReplaySettings#withMatching}).
         */
        public Builder recordMissing(LiveSettings newLive) {
            live = newLive;
            return this;
        }

        /** Offers TLS with a certificate that is made now, for {@code localhost} and the loopback addresses. */
        public Builder tls() {
            selfSigned = true;
            return this;
        }

        /**
         * Offers TLS with a certificate and its private key from PEM files.
         *
         * @param certificate the server's certificate, those of its issuers behind it
         * @param key its private key, not encrypted
         */
        public Builder tls(Path certificate, Path key) {
            certificateFile = certificate;
            keyFile = key;
            return this;
        }

        /**
         * Offers TLS, and verifies the certificates of clients; what is asked of them is
         * {@link ReplaySettings#withClientCertificates}.
         *
         * @param authorities a PEM file of those who may have signed them
         */
        public Builder clientAuthorities(Path authorities) {
            clientAuthorities = authorities;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IOException if the port is in use, a Unix domain socket cannot be made, or a file of TLS cannot be read; the message says which
         * @throws IllegalArgumentException if nothing of the recording may be played under the settings
         */
        public ReplayServer start() throws IOException {
            TlsIdentity tls = identity();
            ServerLoop loop = ServerLoop.start();
            RelayedServer upstream =
                    live == null ? null : new RelayedServer(live, loop.group().next());
            Runnable behind = () -> {
                if (upstream != null) {
                    upstream.close();
                }
                loop.close();
            };
            try {
                var engine = new ReplayEngine(
                        recording,
                        settings.withTls(tls != null),
                        SystemEntropy.INSTANCE,
                        live == null || upstream == null ? null : new LiveRecording(upstream, live.recorder()));
                PlayedServer played = tap == null ? engine : new TappedServer(engine, tap);
                Listening listening = Listening.start(loop, host, port, around.apply(played), tls);
                if (unixSocket != null) {
                    listening.listenOn(unixSocket);
                }
                return new ReplayServer(listening, engine, behind);
            } catch (IOException | IllegalArgumentException refused) {
                behind.run();
                throw refused;
            }
        }

        private @Nullable TlsIdentity identity() throws IOException {
            if (clientAuthorities != null) {
                return TlsIdentity.verifying(certificateFile, keyFile, clientAuthorities);
            }
            if (certificateFile != null && keyFile != null) {
                return TlsIdentity.ofFiles(certificateFile, keyFile);
            }
            return selfSigned ? TlsIdentity.selfSigned() : null;
        }
    }
}
