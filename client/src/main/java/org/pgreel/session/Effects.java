package org.pgreel.session;

import java.time.Duration;
import org.pgreel.client.OAuthRequest;
import org.pgreel.client.OAuthTokenProvider;
import org.pgreel.client.ServerAddress;
import org.pgreel.tap.CallbackKind;

/**
 * What the core asks of the world for a session and its own connection: the output port of {@link ClientSession}.
 *
 * <p>The transport implements it over sockets, the simulation over a virtual clock. The core calls it from the session's
 * owner only. An implementation may answer from inside the call (a simulation that connects at once does); the core
 * expects inputs to arrive while it is in the middle of another.
 */
public interface Effects extends ConnectionEffects {

    /**
     * Begins to connect; answered by {@link SessionInputs#connected} or {@link SessionInputs#connectFailed}.
     *
     * @param address the server; a host with several addresses is tried one address at a time
     */
    void connect(ServerAddress address);

    /**
     * Ends the session's own connection, but not the session: {@link #connect} may follow, and no input of the connection
     * that is given up comes any more.
     *
     * @param inOrder whether what was written is sent first; otherwise it may be lost
     */
    void giveUp(boolean inOrder);

    /**
     * Begins another connection to where the session's own is connected: the same address, not the same name. Its events
     * go to the given inputs, {@link ConnectionInputs#connected} or {@link ConnectionInputs#connectFailed} first; TLS, if
     * it is asked for, is checked as the session's own was. It ends by its own {@code close} or {@code abort}.
     *
     * @param inputs who hears of that connection, called by the session's owner
     * @return what may be asked of that connection
     */
    ConnectionEffects connectAgain(ConnectionInputs inputs);

    /**
     * Stops reading from the session's own connection, so that the server is held back by its own socket. What was read
     * before still arrives by {@link SessionInputs#received}; the end of the stream may arrive or not.
     */
    void pauseRead();

    /** Reads again. */
    void resumeRead();

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

    /**
     * Asks for an OAuth token; answered by {@link SessionInputs#tokenGiven} or {@link SessionInputs#tokenFailed} with the
     * same request. The token is not kept.
     *
     * @param request what it is for
     * @param provider who gives it
     */
    void requestToken(OAuthRequest request, OAuthTokenProvider provider);

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

    /**
     * Reports an exception that a receiver of the application threw; the session goes on.
     *
     * @param receiver the receiver's type
     * @param thrown what it threw
     */
    void receiverFailed(String receiver, Throwable thrown);
}
