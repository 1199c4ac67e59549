package org.pgreel.replay.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.pgreel.protocol.message.BackendMessage;

/**
 * What the engine does to one connection: the port that a transport implements.
 *
 * <p>The engine calls it from inside its inputs, on the thread that called them. No method may call back into the
 * engine before it returns.
 */
public interface ReplayEffects {
    /**
     * Sends bytes to the client, behind those written before. They may wait until {@link #flush()}.
     *
     * @param buffer will not be changed afterwards, and may be shared with other connections: it may not be changed
     * @param from index of the first byte
     * @param to index behind the last byte
     */
    void write(byte[] buffer, int from, int to);

    /**
     * Sends bytes like {@link #write(byte[], int, int)}: those between the buffer's position and its limit, which may lie in a
     * mapped file.
     */
    default void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        write(copy, 0, copy.length);
    }

    /** Sends what was written since the last flush, in one write to the socket if the socket takes it. */
    void flush();

    /** Tells whether more may be written now. If not, {@link ClientConnection#writable()} must be called later. */
    boolean writable();

    /**
     * Makes all bytes behind those already written part of a TLS session in which this side is the server. Answered by
     * {@link ClientConnection#tlsEstablished} or {@link ClientConnection#tlsFailed}.
     */
    void startTls();

    /**
     * Ends the connection in order: what was written arrives, then the client sees the end of the stream. What the
     * client still sends is read and forgotten, since unread input would turn the end into a reset.
     */
    void close();

    /** Ends the stream to the client behind what was written; the client's is read on. */
    void halfClose();

    /** Reads no more from the client, until the connection ends. */
    void pauseReading();

    /** Resets the connection at once: the client's reads fail. */
    void abort();

    /** Asks for {@link ClientConnection#elapsed} after that time, unless it is disarmed before. */
    void armTimer(ReplayTimer timer, Duration after);

    /**
     * A fault strikes on the message that the server sends next; nothing is to be done, but who counts may count.
     *
     * @param message the message, as it would be without the fault
     * @param effect the effect's word in the notation
     */
    default void struck(BackendMessage message, String effect) {}

    /** Forgets the timer. Harmless when it is not armed. */
    void disarm(ReplayTimer timer);
}
