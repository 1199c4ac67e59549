package org.pgreel.client;

import org.pgreel.protocol.message.BackendMessage;

/**
 * Hears what a server says to a {@link Relay}. It is called on the session's event loop, in wire order, and must not block.
 *
 * <p>Notices, notifications and reported parameters come by {@link SessionStatusNotify} instead, for they answer nothing.
 */
public interface RelayReceiver {

    /**
     * A message came that answers what was sent, ReadyForQuery included.
     *
     * @param message the message; it shares the array in which it was read, so keep it only for a short time
     */
    void heard(BackendMessage message);

    /**
     * A row or a piece of COPY data came that is too large to be held; its content is passed over.
     *
     * @param type the message's type, {@code D} or {@code d}
     */
    void oversized(byte type);
}
