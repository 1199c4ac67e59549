package org.pgreel.protocol.conversation;

/** What a {@link Conversation} is about at the moment, as far as both sides' messages tell. */
public enum Phase {
    /** Nothing was sent, or encryption was negotiated and the start-up message is still to come. */
    OPENING,
    /** SSLRequest or GSSENCRequest awaits its one byte. */
    NEGOTIATING_ENCRYPTION,
    /** A CancelRequest was sent: the server closes without an answer. */
    CANCELLING,
    /** From StartupMessage to AuthenticationOk. */
    AUTHENTICATING,
    /** From AuthenticationOk to the first ReadyForQuery. */
    STARTING_UP,
    /** Nothing is owed. */
    IDLE,
    /** The server answers a Query. */
    SIMPLE_QUERY,
    /** The server answers a message of the extended query protocol. */
    EXTENDED_QUERY,
    /** The server answers a FunctionCall. */
    FUNCTION_CALL,
    /** The server takes CopyData, in either query protocol. */
    COPY_IN,
    /** The server sends CopyData, in either query protocol. */
    COPY_OUT,
    /** Both sides send CopyData (replication). */
    COPY_BOTH,
    /** An extended-query message failed: the server discards everything until a Sync that was not sent yet. */
    SKIPPING,
    /** The server has only ReadyForQuery left to say. */
    AWAITING_READY,
    /** The server said that it ends the session; it closes. */
    ENDED,
    /** A message broke the protocol. */
    VIOLATED
}
