package org.pgreel.client;

import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;

/**
 * Takes the data of a {@code COPY … TO STDOUT} as it comes; nothing of it is collected.
 *
 * <p>That data came does not mean that the COPY succeeded: {@link CopyOut#done} tells. If a method throws, nothing more is
 * delivered, what the server still sends is thrown away, the COPY fails with {@link ReceiverFailedException}, and the session
 * goes on. Called on the session's event loop, one call at a time.
 */
@FunctionalInterface
public interface CopyReceiver {

    /**
     * Data follows; called once, if the server got that far.
     *
     * @param format the format of the whole and of each column
     * @param inflow holds back what comes, or stops it
     */
    default void begins(CopyOutResponse format, Inflow inflow) {}

    /**
     * A piece of the data. PostgreSQL sends a line or a row each time, but nothing says that it must: {@code
     * org.pgreel.client.copy} has what finds the rows.
     *
     * @param data the piece; it may be kept, and keeps alive the read that brought it unless {@link Bytes#compact
     *     compacted}
     */
    void data(Bytes data);

    /**
     * The same piece where it lies, for receivers that read it at once and keep nothing: no object is made for it. By default
     * {@link #data(Bytes)}, which is not called where this is overridden.
     *
     * @param buffer holds the piece; nothing in it may be changed
     * @param from where the piece begins
     * @param to where it ends
     */
    default void data(byte[] buffer, int from, int to) {
        data(Bytes.wrap(buffer, from, to));
    }

    /** The data is complete; whether the COPY succeeds is told by {@link CopyOut#done}. */
    default void completed() {}
}
