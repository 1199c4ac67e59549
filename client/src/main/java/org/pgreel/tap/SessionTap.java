package org.pgreel.tap;

import org.jspecify.annotations.Nullable;

/**
 * Hears one session: its chunks exactly as they are read and written (after TLS), and the events around them.
 *
 * <p>Calls come from one thread at a time, in the order in which the session lived them. A chunk is told
 * <em>before</em> the other side can see it: what was written before it is handed to the socket, what was read before
 * it is interpreted or passed on. Any method may throw {@link TapFailedException}; the session then ends, because it
 * must not go on unrecorded. A tap that prefers to stop recording swallows its own failures instead.
 *
 * <p>A session may use more than one connection (a cancel request opens its own), so chunks name their
 * {@code connection}: an ordinal within the session, counted from 1.
 */
public interface SessionTap {

    /**
     * Called when a connection's transport is up, before a byte is exchanged on it.
     *
     * @param connection the ordinal of the connection within the session, from 1
     */
    void connectionOpened(int connection);

    /**
     * Called with bytes of the frontend, before they are handed to the socket.
     *
     * @param connection the ordinal of the connection
     * @param buffer the array that holds them; valid only until this method returns
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void written(int connection, byte[] buffer, int from, int to);

    /**
     * Called with bytes of the backend, before they are interpreted or passed on.
     *
     * @param connection the ordinal of the connection
     * @param buffer the array that holds them; it is never changed afterwards, so it may be kept
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void read(int connection, byte[] buffer, int from, int to);

    /**
     * Called when TLS was asked for (an SSLRequest is about to be written).
     *
     * @param connection the ordinal of the connection
     */
    void tlsRequested(int connection);

    /**
     * Called when the TLS handshake is done; chunks are plaintext of the TLS session from here on.
     *
     * @param connection the ordinal of the connection
     * @param protocol the TLS version, such as {@code TLSv1.3}
     * @param cipher the cipher suite
     */
    void tlsEstablished(int connection, String protocol, String cipher);

    /**
     * Called when the TLS handshake failed.
     *
     * @param connection the ordinal of the connection
     * @param kind what failed, in one or two words; never text that the peer sent
     */
    void tlsFailed(int connection, String kind);

    /**
     * Called before a callback is delivered to the application.
     *
     * @param kind which callback
     * @param detail its argument in short, without secrets; empty if it has none
     */
    void callback(CallbackKind kind, String detail);

    /**
     * Called when the application submitted an operation.
     *
     * @param id the operation's number within the session, from 1
     * @param kind what it is, such as {@code simple-query}; never SQL text or values
     */
    void operationSubmitted(long id, String kind);

    /**
     * Called when an operation completed, well or badly.
     *
     * @param id the operation's number within the session
     * @param outcome {@code succeeded}, or the kind of failure
     */
    void operationCompleted(long id, String outcome);

    /**
     * Called with a note that the user put into the session's life.
     *
     * @param note the user's words
     */
    void marker(String note);

    /**
     * Called when a connection ended.
     *
     * @param connection the ordinal of the connection
     * @param how how it ended
     * @param by who ended it
     */
    void connectionClosed(int connection, EndKind how, By by);

    /**
     * Called once, last: the session is over.
     *
     * @param by who ended it
     * @param how how its last connection ended; null if none was ever open
     */
    void closed(By by, @Nullable EndKind how);
}
