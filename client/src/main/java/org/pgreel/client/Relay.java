package org.pgreel.client;

import java.util.List;
import org.pgreel.protocol.message.FrontendMessage;

/**
 * A session that says what it is told to, message by message, instead of running operations: for programs that pass on
 * what somebody else says, such as a recording. Logging in, TLS, cancel requests and the end are the session's own.
 *
 * <p>It is for the wire's experts: nothing is added, no statement is cached, and whoever sends what the protocol forbids ends
 * the session. Operations that are submitted to the session as well wait for its end. Thread-safe.
 */
public interface Relay {

    /** Returns the session, to cancel, to close, and to hear of its end. */
    Session session();

    /**
     * Sends messages, in order, as soon as the session is ready and the transport takes them. When the session is over
     * nothing happens.
     *
     * @param messages what to say
     */
    void send(List<? extends FrontendMessage> messages);
}
