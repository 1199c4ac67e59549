package org.pgreel.session;

import java.time.Duration;
import org.pgreel.client.ServerAddress;
import org.pgreel.tap.CallbackKind;

/**
 * What the core asks of the world: the output port of {@link ClientSession}.
 *
 * <p>The transport implements it over sockets, the simulation over a virtual clock. The core calls it from the session's
 * owner only. An implementation may answer from inside the call (a simulation that connects at once does); the core
 * expects inputs to arrive while it is in the middle of another.
 */
public interface Effects {

    /**
     * Begins to connect; answered by {@link SessionInputs#connected} or {@link SessionInputs#connectFailed}.
     *
     * @param address the server; a host with several addresses is tried one address at a time
     */
    void connect(ServerAddress address);

    /**
     * Appends bytes to what goes to the server; they may wait for {@link #flush}.
     *
     * @param buffer the array that holds them; valid only during this call, because the core uses it again
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void write(byte[] buffer, int from, int to);

    /** Sends what was written. */
    void flush();

    /**
     * Begins the TLS handshake on this connection; answered by {@link SessionInputs#tlsEstablished} or
     * {@link SessionInputs#tlsFailed}. Nothing that was received before may reach the TLS session: the core has already
     * refused bytes behind the server's {@code S}.
     */
    void startTls();

    /**
     * Arms a timer, once; arming it again replaces it. Answered by {@link SessionInputs#elapsed}, or by
     * {@link SessionInputs#timerFailed} if it cannot be armed.
     *
     * @param timer which one
     * @param delay from now
     */
    void armTimer(Timer timer, Duration delay);

    /**
     * Disarms a timer; nothing happens if it is not armed.
     *
     * @param timer which one
     */
    void disarm(Timer timer);

    /**
     * Derives a key with {@code SaltedPassword.derive}, which takes milliseconds and so does not belong on an event
     * loop; answered by {@link SessionInputs#keyDerived} or {@link SessionInputs#keyDerivationFailed}. There is at most
     * one derivation under way in a session.
     *
     * @param password the prepared password; the implementation may keep it until it answers, and not longer
     * @param salt the salt
     * @param iterations the count of iterations
     */
    void deriveKey(byte[] password, byte[] salt, int iterations);

    /** Closes the connection in order: what was written is sent, then the stream ends. No input is needed after it. */
    void close();

    /** Closes the connection at once; what was written may be lost. No input is needed after it. */
    void abort();

    /** Tells whether the calling thread is the session's owner, so that the core may be called directly. */
    boolean ownedByCurrentThread();

    /**
     * Runs a task on the session's owner, behind what it is doing now.
     *
     * @param task the task
     */
    void execute(Runnable task);

    /**
     * Reports an exception that a callback of the application threw; the session goes on.
     *
     * @param callback which callback
     * @param thrown what it threw
     */
    void callbackFailed(CallbackKind callback, Throwable thrown);

    /**
     * Who observes the session threw; the session goes on.
     *
     * @param thrown what it threw
     */
    void observerFailed(Throwable thrown);
}
