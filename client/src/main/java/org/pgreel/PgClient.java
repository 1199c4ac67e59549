package org.pgreel;

import java.security.SecureRandom;
import java.util.Base64;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.pool.PoolOptions;
import org.pgreel.client.pool.SessionPool;
import org.pgreel.session.Chance;
import org.pgreel.session.ClientSession;
import org.pgreel.session.Relays;
import org.pgreel.transport.SessionSocket;
import org.pgreel.transport.Transport;

/**
 * The entry point: opens sessions with PostgreSQL servers and owns the threads that serve them.
 *
 * <pre>{@code
 * try (PgClient client = PgClient.create()) {
 *     Session session = client.connect(ConnectOptions.builder().user("alice").build(), new SessionStatusNotify() {});
 *     session.query("SELECT 1").join();
 * }
 * }</pre>
 *
 * <p>One client is enough for a program. Each session belongs to one of its event loops, on which its callbacks are
 * called and its futures completed, so neither may block. Thread-safe.
 */
public final class PgClient implements AutoCloseable {
    /** libpq and pgjdbc use 18 random bytes; 24 give 32 characters without padding. */
    private static final int NONCE_BYTES = 24;

    private final Transport transport;
    private final SecureRandom random = new SecureRandom();
    private final Chance chance = Chance.of(this::nonce, random::nextInt);

    private PgClient(Transport transport) {
        this.transport = transport;
    }

    /** Returns a client with the standard settings; see {@link Builder}. */
    public static PgClient create() {
        return builder().build();
    }

    /** Returns a builder for a client with other threads. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a session and returns at once; operations may be submitted before it is ready.
     *
     * @param options where and how to connect
     * @param notify who hears of the session's life, on its event loop
     * @return the session, on its way to connect; {@link Session#ready()} tells when it is ready
     * @throws IllegalStateException if this client is closed, also by another thread meanwhile; no callback is called then
     */
    public Session connect(ConnectOptions options, SessionStatusNotify notify) {
        SessionSocket socket = transport.open(options);
        ClientSession core = new ClientSession(options, notify, socket, chance);
        socket.begin(core);
        return core.session();
    }

    /**
     * Begins a session that nobody hears of but through its futures.
     *
     * @param options where and how to connect
     * @return the session, on its way to connect
     * @throws IllegalStateException if this client is closed
     */
    public Session connect(ConnectOptions options) {
        return connect(options, new SessionStatusNotify() {});
    }

    /**
     * Begins a session that says what it is told to, message by message, instead of running operations.
     *
     * @param options where and how to connect
     * @param notify who hears of the session's life, on its event loop
     * @param receiver who hears what the server answers, on the same
     * @return the relay, on its way to connect
     * @throws IllegalStateException if this client is closed
     */
    public Relay relay(ConnectOptions options, SessionStatusNotify notify, RelayReceiver receiver) {
        SessionSocket socket = transport.open(options);
        ClientSession core = new ClientSession(options, notify, socket, chance);
        socket.begin(core);
        return Relays.of(core, receiver, socket);
    }

    /**
     * Opens a pool of sessions that live on this client's event loops. Closing the client ends its sessions; close the pool
     * first.
     *
     * @param options where and how its sessions connect
     * @param poolOptions how many, for how long
     * @return the pool, which is to be closed
     */
    public SessionPool pool(ConnectOptions options, PoolOptions poolOptions) {
        return SessionPool.open(notify -> connect(options, notify), poolOptions, transport.timers());
    }

    /**
     * Closes every session as {@link Session#close()} does, then ends the threads. It waits for both, a few seconds at
     * most; on an event loop (in a callback) it waits for nothing. Closing twice is legal and does nothing.
     */
    @Override
    public void close() {
        transport.close();
    }

    /** Returns the threads and sockets, for tests that watch them. */
    Transport transport() {
        return transport;
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Collects how many threads a client has and of which kind. Confined to one thread. */
    public static final class Builder {
        private int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors());
        private boolean daemon = true;
        private boolean nativeSockets = true;

        private Builder() {}

        /**
         * Sets the count of event loops; the standard is the count of processors.
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder eventLoops(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("eventLoops is " + count + "; it must be at least 1");
            }
            this.eventLoops = count;
            return this;
        }

        /**
         * Sets whether the event loops are daemon threads, which let the Java virtual machine end although the client
         * is open; the standard is true.
         *
         * @param daemon whether they are
         * @return this builder
         */
        public Builder daemon(boolean daemon) {
            this.daemon = daemon;
            return this;
        }

        /**
         * Sets whether Linux's epoll is used where Netty's native library for it is on the class path; the standard is
         * true. The sockets of the Java runtime serve otherwise.
         *
         * @param allowed whether it is
         * @return this builder
         */
        public Builder nativeSockets(boolean allowed) {
            this.nativeSockets = allowed;
            return this;
        }

        /** Returns the client; its threads start with its first sessions. */
        public PgClient build() {
            return new PgClient(Transport.start(eventLoops, daemon, nativeSockets));
        }
    }
}
