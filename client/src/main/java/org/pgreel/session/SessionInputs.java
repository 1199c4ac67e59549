package org.pgreel.session;

import org.pgreel.client.OAuthRequest;

/**
 * What the world tells the core: the input port of {@link ClientSession}, beside the operations of its {@code Session}.
 *
 * <p>All inputs are called by the session's owner, one at a time, or from inside an effect. After the session is over
 * every input is legal and does nothing.
 */
public interface SessionInputs extends ConnectionInputs {

    /** The session begins: the connect timer is armed and the connection asked for. Called once, first. */
    void start();

    /**
     * One address of the server that {@link Effects#connect} names did not answer, and the next one is tried.
     *
     * @param address the address, numeric
     * @param cause the failure
     */
    void addressFailed(String address, Throwable cause);

    /**
     * A timer that was armed has elapsed.
     *
     * @param timer which one
     */
    void elapsed(Timer timer);

    /**
     * A timer could not be armed.
     *
     * @param timer which one
     * @param cause why not
     */
    void timerFailed(Timer timer, Throwable cause);

    /**
     * The key that {@link Effects#deriveKey} asked for.
     *
     * @param saltedPassword the 32 bytes of the key; the core clears them after use
     */
    void keyDerived(byte[] saltedPassword);

    /**
     * The key could not be derived.
     *
     * @param cause why not
     */
    void keyDerivationFailed(Throwable cause);

    /**
     * The token that {@link Effects#requestToken} asked for.
     *
     * @param request the request, the same object
     * @param token the token, which the core overwrites
     */
    void tokenGiven(OAuthRequest request, char[] token);

    /**
     * There is no token.
     *
     * @param request the request, the same object
     * @param cause why not
     */
    void tokenFailed(OAuthRequest request, Throwable cause);

    /** The application closes the session. */
    void close();
}
