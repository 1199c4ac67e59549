package org.pgreel.replay.exchange;

import org.pgreel.protocol.message.BackendMessage;

/** Who is answered from recorded exchanges. Confined to the thread of its library. */
public interface ExchangeClient {
    /** Sends a message; it may wait for {@link #flush()}. */
    void send(BackendMessage message);

    /** Tells whether it takes messages as bytes, so that they need not be encoded each time. */
    default boolean takesBytes() {
        return false;
    }

    /** Sends whole messages as they are; only if {@link #takesBytes}. */
    default void send(byte[] messages) {
        throw new UnsupportedOperationException("messages are sent one by one here");
    }

    /** Sends many messages as they are. */
    void stream(Bulk bulk);

    /** Sends a message that answers nothing, and lets it leave. */
    void tell(BackendMessage message);

    /** Lets leave what was sent. */
    void flush();

    /** Ends the connection behind what was sent. */
    void end();
}
