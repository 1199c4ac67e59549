package org.pgreel.client;

/**
 * One consumer's hold on a channel, from {@link Session#listen}; several share one LISTEN. Thread-safe.
 *
 * <p>It ends by {@link #close}, by {@link Session#unlisten}, by {@code DISCARD ALL}, which makes the server forget every
 * LISTEN, and with its session.
 */
public interface Listening extends AutoCloseable {

    /** Returns the channel's name. */
    String channel();

    /** Tells whether the consumer still hears of the channel; the session may be over all the same. */
    boolean isOpen();

    /**
     * Ends it at once: the consumer is not called again, unless a call is under way on the session's event loop. When the
     * last one of a channel ends, the session sends UNLISTEN. Closing twice does nothing.
     */
    @Override
    void close();
}
