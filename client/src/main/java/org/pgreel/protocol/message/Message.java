package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * A message of the protocol, as the chapter "Message Formats" of PostgreSQL's manual names it.
 *
 * <p>Messages are immutable records. Encoding one gives the bytes it was decoded from. They share the buffer that they
 * were decoded from; see {@link Bytes}.
 */
public sealed interface Message permits FrontendMessage, BackendMessage {
    /** Returns the manual's name; "Unknown" for {@link UnknownMessage}. */
    String name();

    /**
     * Writes the whole message, type and length included.
     *
     * @throws IllegalArgumentException when it is larger than the writer's limit
     */
    void encode(MessageWriter out);

    /** Returns the whole message as bytes. */
    default Bytes toBytes() {
        MessageWriter out = new MessageWriter();
        encode(out);
        return out.toBytes();
    }
}
