package org.pgreel.replay.exchange;

import org.pgreel.protocol.message.BackendMessage;

/** Who is answered from recorded exchanges. Confined to the thread of its library. */
public interface ExchangeClient {
    /** Sends a message; it may wait for {@link #flush()}. */
    void send(BackendMessage message);

    /** Sends many messages as they are. */
    void stream(Bulk bulk);

    /** Sends a message that answers nothing, and lets it leave. */
    void tell(BackendMessage message);

    /** Lets leave what was sent. */
    void flush();

    /** Ends the connection behind what was sent. */
    void end();
}
