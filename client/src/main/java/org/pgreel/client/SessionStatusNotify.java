package org.pgreel.client;

import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * Receives the life of a session: connection, login, transaction status, notifications, notices, parameters, end.
 *
 * <p>Every callback does nothing unless overridden. What holds for all of them:
 *
 * <ul>
 *   <li>They come in wire order, on the session's event loop (its owner), one at a time. A callback that blocks keeps
 *       its session, and the others of that loop, waiting.
 *   <li>An exception thrown by a callback is reported to the client's log and changes nothing.
 *   <li>The session may be used from a callback: operations are queued, {@link Session#close()} is legal, also twice.
 *   <li>{@link #pgSessionShutdown} is called exactly once, last; nothing is called after it.
 *   <li>A session may try several addresses. {@link #pgSessionConnected} tells of the first whose transport came up,
 *       and an attempt that is given up is not reported by callbacks of its own.
 * </ul>
 */
public interface SessionStatusNotify {

    /**
     * Called once, when TCP (or the Unix-domain socket) is up: before a byte is sent, so before TLS negotiation and
     * authentication.
     *
     * @param session the session
     */
    default void pgSessionConnected(Session session) {}

    /**
     * Called at most once, when the session fails before its first ReadyForQuery, whatever the cause: no address, no
     * TCP connection, the time limit for the whole way to ready, end of stream, TLS, authentication, a server that
     * cannot prove itself or breaks the protocol, or an ErrorResponse, also one that comes after AuthenticationOk.
     *
     * <p>{@link #pgSessionShutdown} follows at once, in all cases. If the failure came after the transport was up,
     * {@link #pgSessionConnected} was called before. It is not called when the application itself closed the session.
     *
     * @param session the session
     * @param reason the cause; those the server gave carry its whole ErrorResponse
     */
    default void pgSessionConnectionFailed(Session session, ConnectionFailureReason reason) {}

    /**
     * Called once, at an AuthenticationOk that the options accept and, with SCRAM, that the server has earned by its
     * signature. Operations submitted from here wait for the first ReadyForQuery.
     *
     * @param session the session
     */
    default void pgSessionAuthenticated(Session session) {}

    /**
     * Called at every legal ReadyForQuery, the first included, after the operation that it ends was completed.
     *
     * @param session the session
     * @param status idle, in a transaction block, or in a failed one
     */
    default void pgTransactionStatus(Session session, TransactionStatus status) {}

    /**
     * Called at every NotificationResponse, at its place in wire order, also while the session is idle.
     *
     * @param session the session
     * @param notification channel, payload and sender
     */
    default void pgNotification(Session session, Notification notification) {}

    /**
     * Called at every NoticeResponse, in any connected state, during authentication too. What it says cannot be
     * trusted before {@link #pgSessionAuthenticated}.
     *
     * @param session the session
     * @param notice the server's whole message
     */
    default void pgNotice(Session session, NoticeResponse notice) {}

    /**
     * Called at every ParameterStatus: at start-up, after SET or its rollback, and when the server reloads its
     * configuration. Parameters that the client does not know are passed on, never refused.
     *
     * @param session the session
     * @param status name and value
     */
    default void pgParameterStatus(Session session, ParameterStatus status) {}

    /**
     * Called exactly once, last: the session is over and every operation has completed.
     * {@link Session#shutdownReason()} tells why.
     *
     * @param session the session
     */
    default void pgSessionShutdown(Session session) {}
}
